/* SPDX-License-Identifier: MIT */
/* The list of metrics. */
#include "train/metric.h"

/* The place of the largest of n values, the lowest on ties; n if all are NaN. */
static size_t argmax(const real *values, size_t n)
{
    size_t best = n;
    for (size_t i = 0; i < n; i++)
        if (values[i] == values[i] && (best == n || values[i] > values[best]))
            best = i;
    return best;
}

/* The class that a row of outputs or targets stands for; `none` where it is NaN. */
static size_t class_of(const real *values, const glia__rows *rows, size_t none)
{
    if (rows->width == 1)
        return values[0] != values[0] ? none : values[0] >= rows->threshold;
    size_t best = argmax(values, rows->width);
    return best == rows->width ? none : best;
}

static void measure_accuracy(const glia__rows *rows, double *values)
{
    for (size_t row = 0; row < rows->count; row++) {
        size_t answer = class_of(rows->outputs + row * rows->width, rows, SIZE_MAX);
        size_t target = class_of(rows->targets + row * rows->width, rows, SIZE_MAX - 1);
        values[row] = answer == target;
    }
}

static void measure_mse(const glia__rows *rows, double *values)
{
    for (size_t row = 0; row < rows->count; row++) {
        const real *y = rows->outputs + row * rows->width, *t = rows->targets + row * rows->width;
        double sum = 0;
        for (size_t i = 0; i < rows->width; i++)
            sum += ((double)y[i] - (double)t[i]) * ((double)y[i] - (double)t[i]);
        values[row] = sum / (double)rows->width;
    }
}

static void measure_mae(const glia__rows *rows, double *values)
{
    for (size_t row = 0; row < rows->count; row++) {
        const real *y = rows->outputs + row * rows->width, *t = rows->targets + row * rows->width;
        double sum = 0;
        for (size_t i = 0; i < rows->width; i++)
            sum += fabs((double)y[i] - (double)t[i]);
        values[row] = sum / (double)rows->width;
    }
}

const glia__metric_type glia__loss_metric = {.entry = {.name = "loss"}};
const glia__metric_type glia__accuracy_metric = {.entry = {.name = "accuracy"}, .measure = measure_accuracy};
static const glia__metric_type mse_metric = {.entry = {.name = "mse"}, .measure = measure_mse};
static const glia__metric_type mae_metric = {.entry = {.name = "mae"}, .measure = measure_mae};

/* A new metric is one line here. */
static const glia__metric_type *const metric_types[] = {
    &glia__loss_metric,
    &glia__accuracy_metric,
    &mse_metric,
    &mae_metric,
};

static const glia__entry *metric_entry(size_t index)
{
    bool is_past_end = index >= sizeof metric_types / sizeof *metric_types;
    return is_past_end ? NULL : &metric_types[index]->entry;
}

static const glia__vocabulary metric_vocabulary = {.what = "metric", .entry = metric_entry};

glia_status glia__metrics_read(glia__metrics *metrics, const char *text)
{
    glia__text from = glia__text_begin("metrics", text, &metric_vocabulary);
    *metrics = (glia__metrics){0};
    for (;;) {
        glia__item item;
        bool is_end;
        glia_status status = glia__text_next(&from, &item, &is_end);
        if (status != GLIA_OK)
            return status;
        if (is_end)
            break;
        if (metrics->count == GLIA__METRICS_MAX)
            return glia__text_fail(&from, GLIA_ERR_TEXT, item.position, "there are too many metrics");
        metrics->types[metrics->count++] = (const glia__metric_type *)item.self.entry;
    }
    if (metrics->count == 0)
        return glia__text_fail_empty(&from);
    return GLIA_OK;
}

double glia__weighted_hits(const glia__network *network, const glia__wanted *wanted, size_t rows, const real *outputs,
                           real *target_block)
{
    double hits = 0;
    for (size_t begin = 0; begin < rows; begin += GLIA__ROW_BLOCK) {
        glia__rows block = glia__rows_block(network, wanted, begin, rows, outputs, target_block);
        double values[GLIA__ROW_BLOCK];
        measure_accuracy(&block, values);
        hits += glia__weigh(&block, values);
    }
    return hits;
}
