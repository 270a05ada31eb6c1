/* SPDX-License-Identifier: MIT */
/*
 * What a layer is. A kind of layer is one file with one const table (glia__layer_type); the list of all of them is in
 * layers.c. Adding a layer is one such file and one line there.
 */
#ifndef GLIA_NET_LAYER_H
#define GLIA_NET_LAYER_H

#include "base/text.h"
#include "kernels/kernels.h"
#include "net/initializers.h"

#define GLIA__TENSORS_MAX      2 /* a layer */
#define GLIA__TENSOR_NAME_SIZE 48

/* An array that a layer owns. Its name begins with the number of the layer, counted as the model file does. */
typedef struct glia__array {
    char name[GLIA__TENSOR_NAME_SIZE];
    real *values;
    size_t offset; /* of its values among the network's */
    size_t count;
    size_t rank;
    size_t shape[2];
    bool is_trained; /* by gradients */
    bool is_weight;  /* a dense weight matrix: subject to penalties and decay */
} glia__array;

typedef struct glia__layer_type glia__layer_type;

typedef struct glia__layer {
    const glia__layer_type *type;
    double values[GLIA__SETTINGS_MAX]; /* of its settings */
    size_t index;                      /* among the layers of the network: its stream of random numbers */
    size_t module;                     /* its number in the names of tensors */
    size_t input_size, output_size;
    size_t activation_offset; /* numbers a row that a training forward keeps in front of this layer's output */
    size_t delta_offset;      /* numbers a row that a backward keeps in front of the gradient of this layer's output */
    glia__array arrays[GLIA__TENSORS_MAX];
    size_t array_count;
} glia__layer;

/*
 * One run over a batch, or over some rows of it, forward or back.
 *
 * Arrays are [rows][width], a row behind the other, or columns: [width][rows], which suits small networks, whose rows
 * would not fill a vector. Columns are whole vectors long; what stands behind the rows of the batch is no row, and its
 * gradient is 0.
 */
typedef struct glia__pass {
    const glia__kernels *kernels;
    real *scratch;    /* as the kernels ask for; NULL in inference where memory is short */
    size_t batch;     /* rows for which memory is laid out: those of the batch, or the length of a column */
    size_t rows;      /* of this run; columns run whole */
    size_t first_row; /* of them, in the batch */
    size_t padding;   /* of them that stand behind the rows of the batch, in columns */
    bool is_columns;
    bool is_row; /* one on its own, which goes through all layers in one kernel */
    uint64_t seed;
    uint64_t number; /* which training pass: random layers draw by it */
} glia__pass;

/* output [rows][output_size] from input [rows][input_size] */
typedef void glia__layer_forward_fn(const glia__layer *layer, const glia__pass *pass, real *output, const real *input);

/* What a layer's backward reads and writes. */
typedef struct glia__layer_backward {
    real *d_input;        /* [rows][input_size], overwritten; may be d_output unless the layer has trained arrays */
    const real *d_output; /* [rows][output_size] */
    const real *output;   /* only if the type says reads_output */
} glia__layer_backward;

/* A part of a layer's trained arrays: the rows of its weight matrix that belong to inputs [begin, end). What belongs to
 * no input goes with the first. */
typedef struct glia__share {
    size_t begin, end;
} glia__share;

/* The numbers of one of the layer's arrays in a share: they begin at *first. */
static inline size_t glia__share_of_array(const glia__array *array, glia__share share, size_t *first)
{
    size_t width = array->rank == 2 ? array->shape[1] : 0;
    *first = share.begin * width;
    if (width == 0)
        return share.begin == 0 && share.end > 0 ? array->count : 0;
    return (share.end - share.begin) * width;
}

/* What the gradient of a layer's arrays reads and writes: all rows of the batch, and some of its inputs. */
typedef struct glia__layer_gradient {
    real *d_arrays[GLIA__TENSORS_MAX]; /* NULL where the array is not trained */
    const real *input, *d_output;
    glia__share share;
    bool adds; /* to what is there; else that is overwritten */
} glia__layer_gradient;

struct glia__layer_type {
    glia__entry entry;

    /* For the network that is being put together. */
    bool is_activation;                  /* may stand behind the units of a dense layer */
    glia__row_activation row_activation; /* which kernel of a row on its own knows it; GLIA__ROW_UNKNOWN: none */
    bool is_input;                       /* only says how wide the rows are; becomes no layer */
    bool sets_width;                     /* values[0] is its output width, 0 where the text leaves it out */
    bool is_only_last;                   /* has no gradient of its own */
    size_t minimum_width;                /* 0: any */
    glia__initializer initializer;       /* of a dense layer in front, where its text names none */

    bool is_in_place;   /* forward may write over its input */
    bool reads_output;  /* backward needs what forward wrote */
    bool takes_columns; /* its passes run over columns too */

    /* Settle settings whose default depends on others; may be NULL. */
    void (*complete)(glia__item *item);
    /* Declare the arrays, from input_size and output_size; may be NULL: none. A size that wraps is GLIA_ERR_SHAPE. */
    glia_status (*declare)(glia__layer *layer);
    /* Fill the arrays of a new network; may be NULL. */
    void (*initialize)(glia__layer *layer, uint64_t seed);

    glia__layer_forward_fn *forward; /* in training */
    glia__layer_forward_fn *predict; /* in use: nothing random, fixed statistics */
    void (*backward)(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at);
    /* The gradient of the trained arrays; NULL where there are none. */
    void (*differentiate)(const glia__layer *layer, const glia__pass *pass, const glia__layer_gradient *at);
    /* Learn from the mean and variance of each input column over a data set; may be NULL. */
    void (*adapt)(glia__layer *layer, const double *mean, const double *variance);
};

/* All kinds of layers, and those that are activations. */
extern const glia__vocabulary glia__layer_vocabulary;
extern const glia__vocabulary glia__activation_vocabulary;

/* Declare the next array of a layer. */
glia_status glia__layer_add_array(glia__layer *layer, const glia__array *array, const char *name);

#endif
