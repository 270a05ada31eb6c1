/* SPDX-License-Identifier: MIT */
/* The checks at the door. */
#include "api/net.h"

#include "base/size.h"

glia_status glia__fail_null(const char *what)
{
    return glia__fail(GLIA_ERR_ARGUMENT, "%s is NULL", what);
}

glia_status glia__check_rows(const glia__network *network, size_t rows)
{
    size_t width = network->input_size > network->output_size ? network->input_size : network->output_size;
    size_t numbers, bytes;
    if (rows == 0)
        return glia__fail(GLIA_ERR_SHAPE, "rows is 0");
    if (!glia__size_multiply(&numbers, rows, width) || !glia__size_multiply(&bytes, numbers, sizeof(real)))
        return glia__fail(GLIA_ERR_SHAPE, "%zu rows are more than memory can count", rows);
    return GLIA_OK;
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

static glia_status check_classes(const glia__network *network, const int32_t *classes, size_t rows)
{
    size_t class_count = network->output_size == 1 ? 2 : network->output_size;
    for (size_t row = 0; row < rows; row++)
        if (classes[row] < 0 || (size_t)classes[row] >= class_count)
            return glia__fail(GLIA_ERR_ARGUMENT, "the class of row %zu is %ld; classes are 0 to %zu", row,
                              (long)classes[row], class_count - 1);
    return GLIA_OK;
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

glia_status glia__check_apart(const void *a, size_t a_width, const void *b, size_t b_width, size_t rows)
{
    if (glia__memory_overlaps(a, rows * a_width * sizeof(real), b, rows * b_width * sizeof(real)))
        return glia__fail(GLIA_ERR_ARGUMENT, "the arrays overlap");
    return GLIA_OK;
}
