/* SPDX-License-Identifier: MIT */
/* The checks at the door. */
#include "api/net.h"

glia_status glia__fail_null(const char *what)
{
    return glia__fail(GLIA_ERR_ARGUMENT, "%s is NULL", what);
}

glia_status glia__fail_rows(size_t rows)
{
    if (rows == 0)
        return glia__fail(GLIA_ERR_SHAPE, "rows is 0");
    return glia__fail(GLIA_ERR_SHAPE, "%zu rows are more than memory can count", rows);
}

glia_status glia__check_row_weights(const real *row_weights, size_t rows)
{
    for (size_t row = 0; row_weights != NULL && row < rows; row++)
        if (!(row_weights[row] >= 0 && row_weights[row] <= REAL_MAX))
            return glia__fail(GLIA_ERR_ARGUMENT, "the weight of row %zu is negative or not finite", row);
    return GLIA_OK;
}

/* A layer in front may turn infinity into an ordinary number, so it is looked for at the door. */
glia_status glia__check_finite_inputs(const glia__network *network, const glia_samples *samples)
{
    size_t width = network->input_size;
    for (size_t i = 0; i < samples->rows * width; i++)
        if (!real_is_finite(samples->inputs[i]))
            return glia__fail(GLIA_ERR_ARGUMENT, "samples: input %zu of row %zu is not finite", i % width, i / width);
    return GLIA_OK;
}

static glia_status fail_class(const int32_t *classes, size_t class_count)
{
    size_t row = 0;
    while (classes[row] >= 0 && (size_t)classes[row] < class_count)
        row++;
    return glia__fail(GLIA_ERR_ARGUMENT, "the class of row %zu is %ld; classes are 0 to %zu", row, (long)classes[row],
                      class_count - 1);
}

/* All rows are looked at without a branch, in vectors; which of them it is matters only if one is wrong. */
static glia_status check_classes(const glia__network *network, const int32_t *classes, size_t rows)
{
    size_t class_count = network->output_size == 1 ? 2 : network->output_size;
    uint32_t limit = class_count > INT32_MAX ? (uint32_t)INT32_MAX + 1 : (uint32_t)class_count, outside = 0;
    for (size_t row = 0; row < rows; row++)
        outside |= (uint32_t)classes[row] >= limit;
    return outside != 0 ? fail_class(classes, class_count) : GLIA_OK;
}

glia_status glia__check_wanted(const glia__network *network, const glia__wanted *wanted, size_t rows)
{
    if ((wanted->targets == NULL) == (wanted->classes == NULL))
        return glia__fail(GLIA_ERR_ARGUMENT, "one of targets and classes is wanted, and not both");
    glia_status status = GLIA_OK;
    if (wanted->classes != NULL)
        status = check_classes(network, wanted->classes, rows);
    return status != GLIA_OK ? status : glia__check_row_weights(wanted->row_weights, rows);
}

glia_status glia__check_samples(const glia__network *network, const glia_samples *samples, const char *what)
{
    if (samples == NULL)
        return glia__fail_null(what);
    if (samples->struct_size != sizeof *samples)
        return glia__fail(GLIA_ERR_ARGUMENT, "%s: struct_size should be %zu, not %zu", what, sizeof *samples,
                          samples->struct_size);
    if (samples->inputs == NULL)
        return glia__fail(GLIA_ERR_ARGUMENT, "%s: inputs are NULL", what);
    return glia__check_rows(network, samples->rows);
}

glia_status glia__fail_overlap(void)
{
    return glia__fail(GLIA_ERR_ARGUMENT, "the arrays overlap");
}

static bool overlaps_array(const double *results, size_t count, const void *array, size_t size)
{
    return array != NULL && glia__memory_overlaps(results, count * sizeof *results, array, size);
}

glia_status glia__check_results_apart(const glia__network *network, const glia_samples *samples, const double *results,
                                      size_t count)
{
    size_t rows = samples->rows, number = sizeof(real);
    if (results != NULL && (overlaps_array(results, count, samples->inputs, rows * network->input_size * number) ||
                            overlaps_array(results, count, samples->targets, rows * network->output_size * number) ||
                            overlaps_array(results, count, samples->classes, rows * sizeof(int32_t)) ||
                            overlaps_array(results, count, samples->row_weights, rows * number)))
        return glia__fail(GLIA_ERR_ARGUMENT, "the results overlap the samples");
    return GLIA_OK;
}
