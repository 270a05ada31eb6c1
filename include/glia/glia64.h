/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The calls of glia.h for networks of double: `glia64_` for `glia_`. Status, options, progress, errors and version are
 * shared. Made from glia.h by cmake/glia64.cmake; change it there.
 */
#ifndef GLIA_GLIA64_H
#define GLIA_GLIA64_H

#include <glia/glia.h>

#ifdef __cplusplus
extern "C" {
#endif


/** A network: its layers and parameters, loss, optimizer, random state and metadata. */
typedef struct glia64_net glia64_net;

/**
 * A data set, or a batch of one; the arrays are the caller's. Set struct_size to sizeof(glia64_samples). A call that
 * compares with what is wanted takes `targets` or `classes`, not both.
 */
typedef struct glia64_samples {
    size_t struct_size;       /**< sizeof(glia64_samples) */
    size_t rows;              /**< 1 or more */
    const double *inputs;      /**< [rows][input_size] */
    const double *targets;     /**< [rows][output_size], or NULL */
    const int32_t *classes;   /**< [rows], or NULL: 0 and 1 with one output, else 0 .. output_size - 1 */
    const double *row_weights; /**< [rows], finite and >= 0; NULL: every row counts 1 */
} glia64_samples;

/** A look at one array of a network; see glia64_net_tensor(). */
typedef struct glia64_tensor {
    size_t struct_size; /**< sizeof(glia64_tensor), set by the caller */
    const char *name;   /**< as in the model file: "0.weight"; lent until destroy */
    double *values;      /**< lent until destroy; row-major */
    int32_t rank;       /**< numbers in use in `shape` */
    size_t shape[4];    /**< as in memory: [inputs][units] for the weights of a dense layer */
    int32_t is_trained; /**< 1: part of glia64_net_parameters(); 0: learnt otherwise, as by glia64_net_adapt() */
} glia64_tensor;

/**
 * Create a network with the default options.
 *
 * The architecture is a list of layers, separated by commas or newlines, first `input WIDTH`. A layer is its name, its
 * positional values, then its settings as `key=value`; `#` starts a comment.
 *
 * | layer | meaning |
 * |---|---|
 * | `input WIDTH` | numbers in a row |
 * | `dense UNITS [ACTIVATION] [init=NAME] [bias=yes/no]` | y = x W + b, then the activation; W is [inputs][units] |
 * | `dropout RATE` | in training, zeroes that share of the values and scales the rest by 1 / (1 - RATE) |
 * | `standardize` | (x - mean) / deviation by column, learnt by glia64_net_adapt() |
 * | `identity` `step` `sigmoid` `tanh` `relu` `leaky_relu [slope=0.01]` `softmax` | the activations, as layers |
 *
 * Initialisers: `lecun_normal` (normal / sqrt(inputs); LeCun et al., 1998), `glorot_uniform`, `glorot_normal` (Glorot
 * and Bengio, 2010), `he_uniform`, `he_normal` (He et al., 2015), `uniform` (within 1 / sqrt(inputs)), `zeros`. Without
 * `init=`, relu and leaky_relu begin with he_normal, tanh and sigmoid and softmax with glorot_uniform, the rest with
 * lecun_normal. Biases begin at 0.
 *
 * `step` may only stand last; its loss is `perceptron`. The loss begins as the one that fits the last layer, the
 * optimizer as `adam learning_rate=0.001`.
 *
 * @param net           set on success only; destroy it with glia64_net_destroy()
 * @param architecture  the text; not kept
 * @param seed          of the initial weights, dropout and shuffling
 *
 * @retval GLIA_ERR_ARGUMENT  `net` or `architecture` is NULL
 * @retval GLIA_ERR_TEXT      a name, value or the syntax; the message has the position and what is accepted
 * @retval GLIA_ERR_SHAPE     a width is missing, softmax of width 1, step before the end, too large to count
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia64_net_create(glia64_net **net, const char *architecture, uint64_t seed);

/**
 * Create a network with options.
 *
 * @param net           set on success only
 * @param architecture  as for glia64_net_create(); without `input` layer its width is options->input_size, and a last
 *                      dense layer without units takes options->output_size
 * @param options       NULL: the defaults; copied
 *
 * @retval GLIA_ERR_ARGUMENT  also: struct_size, negative threads, one of allocate and release without the other
 * @retval GLIA_ERR_TEXT      also: options->kernels is no name of a kernel set
 * @retval GLIA_ERR_SHAPE     also: the architecture's widths are not those of the options
 */
GLIA_API glia_status glia64_net_create_with(glia64_net **net, const char *architecture, const glia_options *options);

/**
 * Copy a network: parameters, statistics, loss, optimizer and its state, random state, metadata, settings and options;
 * not a pending forward, gradients or the history.
 *
 * @param copy  set on success only
 * @param net   unchanged
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia64_net_copy(glia64_net **copy, const glia64_net *net);

/** Free a network and all that it lent. NULL is fine. */
GLIA_API void glia64_net_destroy(glia64_net *net);

/**
 * Set the loss: its name, then settings.
 *
 * Row losses (y output, t target, z logit, p probability): `mse` mean of (y - t)^2; `cross_entropy` (after softmax)
 * -sum t log p; `binary_cross_entropy` (after sigmoid) mean of -t log p - (1 - t) log(1 - p); `perceptron` (after step;
 * Rosenblatt, 1958) sum of (y - t) z. Cross-entropies are computed from the logits.
 *
 * Settings: `reduction=mean` (sum over rows of row weight x row loss, divided by the sum of the row weights; 0 if that
 * is 0) or `reduction=sum` (not divided); `l2=A` adds A/2 x the sum of the squared weights and `l1=A` adds A x the sum
 * of their absolute values, over dense weight matrices only and after the reduction.
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL
 * @retval GLIA_ERR_TEXT      unknown loss or setting, value out of range
 * @retval GLIA_ERR_SHAPE     the loss does not fit the last layer; the message names what fits
 */
GLIA_API glia_status glia64_net_set_loss(glia64_net *net, const char *loss);

/**
 * Set the optimizer and forget the state of the one before.
 *
 * - `sgd learning_rate=0.01 momentum=0 nesterov=no`: v = momentum v + g; w -= rate v (nesterov, Sutskever et al.,
 *   2013: w -= rate (g + momentum v))
 * - `adam learning_rate=0.001 beta1=0.9 beta2=0.999 epsilon=1e-8` (Kingma and Ba, 2015)
 * - `adamw ... weight_decay=0.01`: adam, and rate x weight_decay x w off the dense weight matrices (Loshchilov and
 *   Hutter, 2019)
 *
 * @param net        the network
 * @param optimizer  the text; NULL drops the optimizer and its state: glia64_net_step() is then GLIA_ERR_STATE, and a
 *                   saved file is the small one to ship
 *
 * @retval GLIA_ERR_ARGUMENT  `net` is NULL
 * @retval GLIA_ERR_TEXT      unknown optimizer or setting, value out of range
 */
GLIA_API glia_status glia64_net_set_optimizer(glia64_net *net, const char *optimizer);

/**
 * Change the optimizer's learning rate and nothing else.
 *
 * @retval GLIA_ERR_ARGUMENT  NULL, or a rate that is negative, not finite or above the number type's largest
 * @retval GLIA_ERR_STATE     there is no optimizer
 */
GLIA_API glia_status glia64_net_set_learning_rate(glia64_net *net, double learning_rate);

/**
 * Set how many threads large work may use; the results do not depend on it.
 *
 * @param net      the network
 * @param threads  0 means 1; more than there are processors is fine
 *
 * @retval GLIA_ERR_ARGUMENT  NULL or negative
 */
GLIA_API glia_status glia64_net_set_threads(glia64_net *net, int32_t threads);

/**
 * Run a batch through the network in training mode and keep what backward needs. Dropout draws new masks.
 *
 * @param net      the network
 * @param inputs   [rows][input_size]; borrowed until the next step or forward: do not change or free it before
 * @param rows     1 or more; a larger batch than ever before grows the network's memory once
 * @param outputs  [rows][output_size], overwritten; may be NULL
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, or the arrays overlap
 * @retval GLIA_ERR_SHAPE     rows is 0 or too large to count in memory
 * @retval GLIA_ERR_NOMEM     no room for a batch of this size; the network, an earlier forward included, is as it was
 */
GLIA_API glia_status glia64_net_forward(glia64_net *net, const double *inputs, size_t rows, double *outputs);

/**
 * Add the gradient of the loss of the pending forward to the gradients, l1 and l2 included. May follow one forward
 * several times; the first backward after a step starts from zero.
 *
 * @param net          the network
 * @param targets      [rows][output_size] of the pending forward
 * @param row_weights  [rows], finite and >= 0; NULL: every row counts 1
 * @param loss         this call's own loss, l1 and l2 included; may be NULL
 *
 * @retval GLIA_ERR_ARGUMENT  `net` or `targets` is NULL, a row weight is negative or not finite, `loss` lies among the
 *                            arrays
 * @retval GLIA_ERR_STATE     no forward is pending
 * @retval GLIA_ERR_SHAPE     the rows need more memory than can be counted
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia64_net_backward(glia64_net *net, const double *targets, const double *row_weights, double *loss);

/**
 * As glia64_net_backward(), with the class of each row instead of its targets. A class becomes a one-hot target; after
 * a tanh layer the target is 1 and -1 instead of 1 and 0.
 *
 * @param net          the network
 * @param classes      [rows] of the pending forward: 0 and 1 with one output, else 0 .. output_size - 1
 * @param row_weights  as for glia64_net_backward()
 * @param loss         as for glia64_net_backward()
 *
 * @retval GLIA_ERR_ARGUMENT  also: a class out of range; nothing has changed
 */
GLIA_API glia_status glia64_net_backward_classes(glia64_net *net, const int32_t *classes, const double *row_weights,
                                               double *loss);

/**
 * As glia64_net_backward(), from a gradient that the caller has computed instead of a loss; l1 and l2 are not added.
 *
 * @param net              the network; its last layer may be any but step
 * @param output_gradient  [rows][output_size]: of the caller's loss with respect to the outputs
 * @param input_gradient   [rows][input_size], overwritten with that with respect to the inputs; may be NULL
 *
 * @retval GLIA_ERR_ARGUMENT  `net` or `output_gradient` is NULL, or the arrays overlap each other or the inputs
 * @retval GLIA_ERR_SHAPE     the last layer is step, which has no gradient
 * @retval GLIA_ERR_STATE     no forward is pending
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia64_net_backward_from(glia64_net *net, const double *output_gradient, double *input_gradient);

/**
 * Let the optimizer update the parameters by the gradients. Ends the pending forward.
 *
 * @retval GLIA_ERR_ARGUMENT  NULL
 * @retval GLIA_ERR_STATE     no optimizer, or no backward (nor glia64_net_zero_gradients()) since the last step
 * @retval GLIA_ERR_NOMEM     no memory for the optimizer's state (GLIA_ERR_SHAPE: more than can be counted)
 */
GLIA_API glia_status glia64_net_step(glia64_net *net);

/**
 * Set every gradient to 0. A step is then allowed without a backward, so that the caller can write the gradients; a
 * backward adds to what is there.
 *
 * @retval GLIA_ERR_ARGUMENT  NULL
 * @retval GLIA_ERR_NOMEM     no memory for the gradients
 */
GLIA_API glia_status glia64_net_zero_gradients(glia64_net *net);

/**
 * Forward, backward and step on one batch; gradients that no step has used yet are added to. Keeps no pointer: the
 * arrays may move or go afterwards.
 *
 * @param net    the network
 * @param batch  inputs, and targets or classes
 * @param loss   of the batch, before the update; may be NULL
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, both or neither of targets and classes, a class out of range, a row weight,
 *                            struct_size, `loss` among the arrays
 * @retval GLIA_ERR_SHAPE     rows is 0 or too large to count in memory
 * @retval GLIA_ERR_STATE     there is no optimizer
 * @retval GLIA_ERR_NOMEM     no memory; the network, an earlier forward included, is as it was
 */
GLIA_API glia_status glia64_net_train(glia64_net *net, const glia64_samples *batch, double *loss);

/**
 * Run rows through the network as it is used after training: no dropout, nothing drawn, nothing kept. A row's outputs
 * do not depend on the other rows.
 *
 * @param net      the network; any number of threads may predict at the same time
 * @param inputs   [rows][input_size]
 * @param rows     1 or more
 * @param outputs  [rows][output_size], overwritten
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, or the arrays overlap
 * @retval GLIA_ERR_SHAPE     rows is 0 or too large to count in memory
 * @retval GLIA_ERR_NOMEM     no memory for scratch, which wide networks need beyond 16 KiB of stack
 */
GLIA_API glia_status glia64_net_predict(const glia64_net *net, const double *inputs, size_t rows, double *outputs);

/**
 * Learn the mean and standard deviation of every standardize layer from the data, by row weight where there are
 * weights. A column that does not vary gets a deviation of 1.
 *
 * @param net      the network; nothing happens where it has no such layer
 * @param samples  inputs and perhaps row_weights are read
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, a row weight, row weights that are all 0, struct_size, inputs that are not finite
 * @retval GLIA_ERR_SHAPE     rows is 0 or too large to count in memory
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia64_net_adapt(glia64_net *net, const glia64_samples *samples);

/**
 * Train for some epochs: rows shuffled, cut into batches, glia64_net_train() on each.
 *
 * Options: `epochs=1`, `batch=32` (`batch=all`: one batch an epoch), `shuffle=yes`, `patience=N` (default: none). The
 * last batch of an epoch may be smaller. An epoch's loss is the mean of its batch losses, weighted by each batch's sum
 * of row weights. With patience the fit ends early when the validation loss (the training loss without validation) has
 * not improved for that many epochs. With validation, the network ends with the parameters of the epoch whose
 * validation loss was lowest. Gradients that were pending before are dropped.
 *
 * Without validation and patience, n epochs, save, load, m epochs equal n + m epochs bit for bit.
 *
 * @param net         the network
 * @param training    inputs, and targets or classes
 * @param validation  the same, or NULL
 * @param options     the text, or NULL
 * @param progress    called after every batch and every epoch, or NULL; may look at the network (glia64_net_history()
 *                    has the epoch that just ended), but not change it
 * @param user        handed to progress; may be NULL
 *
 * @retval GLIA_STOPPED       progress stopped it; an epoch that had not ended does not count; with validation the best
 *                            parameters so far are in place
 * @retval GLIA_ERR_ARGUMENT  a NULL, both or neither of targets and classes, a class out of range, a row weight,
 *                            struct_size
 * @retval GLIA_ERR_TEXT      the options
 * @retval GLIA_ERR_SHAPE     rows is 0 or too large to count in memory
 * @retval GLIA_ERR_STATE     there is no optimizer
 * @retval GLIA_ERR_NOMEM     no memory; the network is as after the last completed step
 * @retval GLIA_ERR_DIVERGED  a loss or parameter is not finite; the network is as after the last completed step
 */
GLIA_API glia_status glia64_net_fit(glia64_net *net, const glia64_samples *training, const glia64_samples *validation,
                                  const char *options, glia_progress_fn *progress, void *user);

/**
 * Measure the network on data, in inference.
 *
 * @param net      the network
 * @param samples  inputs, and targets or classes; row weights weight every metric
 * @param metrics  separated by commas: `loss` (with l1 and l2, reduced as the loss says), `accuracy`, `mse`, `mae`.
 *                 Accuracy compares argmax, the lowest index on ties; with one output, whether it is >= 0.5 (>= 0 after
 *                 tanh); a row of NaN counts as wrong
 * @param values   one for each metric, overwritten; not among the samples' arrays
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, both or neither of targets and classes, a class out of range, a row weight,
 *                            struct_size
 * @retval GLIA_ERR_TEXT      the metrics
 * @retval GLIA_ERR_SHAPE     rows is 0 or too large to count in memory
 * @retval GLIA_ERR_NOMEM     no memory for scratch
 */
GLIA_API glia_status glia64_net_evaluate(const glia64_net *net, const glia64_samples *samples, const char *metrics,
                                       double *values);

/**
 * What the last fit recorded, a number an epoch: `loss`, `accuracy` (where there are classes or the loss is one of
 * classification), with validation also `validation_loss`, `validation_accuracy`.
 *
 * @param net     the network
 * @param metric  the name
 * @param count   set to how many numbers there are; may be NULL
 * @return lent until the next fit or destroy, and in the progress function until that returns; NULL, and a count of 0,
 *         if there is no such record
 */
GLIA_API const double *glia64_net_history(const glia64_net *net, const char *metric, size_t *count);

/**
 * The trainable numbers, layer by layer, weights [inputs][units] before bias, without padding. The next call sees what
 * is written through the pointer, which stays the same until destroy.
 *
 * @param net    the network
 * @param count  set to how many there are; may be NULL
 * @return lent until destroy; NULL only if `net` is NULL
 */
GLIA_API double *glia64_net_parameters(glia64_net *net, size_t *count);

/**
 * The gradients, in the order of glia64_net_parameters(). The first call allocates them, as the first backward does.
 *
 * @param net    the network
 * @param count  set to how many there are, 0 with an answer of NULL; may be NULL
 * @return lent until destroy; NULL if `net` is NULL or there is no memory
 */
GLIA_API double *glia64_net_gradients(glia64_net *net, size_t *count);

/**
 * Look at one array of the network, trained or not.
 *
 * @param net    the network
 * @param index  0, 1, ... in the order of the layers
 * @param view   filled; its struct_size is the caller's
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, struct_size, or an index past the last
 */
GLIA_API glia_status glia64_net_tensor(const glia64_net *net, size_t index, glia64_tensor *view);

/** Numbers in a row of inputs; 0 if `net` is NULL. */
GLIA_API size_t glia64_net_input_size(const glia64_net *net);

/** Numbers in a row of outputs; 0 if `net` is NULL. */
GLIA_API size_t glia64_net_output_size(const glia64_net *net);

/** The architecture in canonical form, every setting spelled out; lent until destroy. NULL if `net` is NULL. */
GLIA_API const char *glia64_net_architecture(const glia64_net *net);

/**
 * Write a table of the layers, their widths and parameters, and the loss and optimizer, for people to read.
 *
 * @param net       the network
 * @param buffer    gets the text and its terminating 0; may be NULL if capacity is 0
 * @param capacity  bytes in `buffer`
 * @param needed    set to the bytes it takes, the 0 included; may be NULL
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, or too little room: `needed` is set, nothing is written
 */
GLIA_API glia_status glia64_net_summary(const glia64_net *net, char *buffer, size_t capacity, size_t *needed);

/**
 * Keep a text with the network, saved with it.
 *
 * @param net    the network
 * @param key    UTF-8, not empty, not beginning with "glia.", which libglia keeps for itself; copied
 * @param value  UTF-8; copied; NULL removes the key
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, such a key, or not UTF-8
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia64_net_set_metadata(glia64_net *net, const char *key, const char *value);

/** The text under a key; lent until that key is set again or removed, or destroy. NULL: no such key, or a NULL. */
GLIA_API const char *glia64_net_metadata(const glia64_net *net, const char *key);

/** The key at an index, in ascending order of bytes; lent until that key is removed or destroy. NULL: past the end, or
 *  a NULL. */
GLIA_API const char *glia64_net_metadata_key(const glia64_net *net, size_t index);

/**
 * Save the network: architecture, parameters, loss, optimizer and its state, random state, metadata. The file is a
 * valid safetensors file. It is written beside the file that `path` names, as `.glia-PROCESS-NUMBER.tmp`, flushed to
 * disk and renamed, and the folder flushed: whatever fails or ends the process, there is the old file or the new one,
 * whole. (A process that is killed may leave the other file behind; it can be removed.) The permissions of an old file
 * stay; a new one has what the umask leaves of reading and writing for all. A symbolic link stays one: the file that it
 * names is replaced, or made where there is none. Only a regular file is replaced: no folder, pipe or device.
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL
 * @retval GLIA_ERR_IO        the system refused, or there is something at `path` that is no regular file. The old file
 *                            is still there, unless the message says that only the folder could not be flushed
 * @retval GLIA_ERR_NOMEM     no memory
 * @retval GLIA_ERR_DIVERGED  a number is not finite; nothing is written
 */
GLIA_API glia_status glia64_net_save(const glia64_net *net, const char *path);

/**
 * Load a network. Everything is checked before it is believed; a file of floats is converted. The file is read in
 * pieces, so that loading takes little more memory than the network then holds, and must not change meanwhile, which
 * glia64_net_save() never does to a file that is open.
 *
 * @param net      set on success only
 * @param path     a file that glia64_net_save() or glia_net_save() wrote
 * @param options  threads, kernels and memory; NULL: the defaults. The seed is the file's; input_size and output_size,
 *                 if given, must be the network's
 *
 * @retval GLIA_ERR_ARGUMENT     a NULL, or the options
 * @retval GLIA_ERR_TEXT         options->kernels is no name of a kernel set
 * @retval GLIA_ERR_SHAPE        the widths are not those of the options
 * @retval GLIA_ERR_NOMEM        no memory
 * @retval GLIA_ERR_IO           the system refused, or this is no regular file: pipes and devices are not waited for
 * @retval GLIA_ERR_FORMAT       not a whole and valid model file
 * @retval GLIA_ERR_UNSUPPORTED  of a newer version
 */
GLIA_API glia_status glia64_net_load(glia64_net **net, const char *path, const glia_options *options);

/**
 * Save into memory what glia64_net_save() writes.
 *
 * @param net       the network
 * @param buffer    gets the file; may be NULL if capacity is 0
 * @param capacity  bytes in `buffer`
 * @param needed    set to the bytes it takes; may be NULL
 *
 * @retval GLIA_ERR_ARGUMENT  `net` is NULL, or too little room: `needed` is set, nothing is written
 * @retval GLIA_ERR_DIVERGED  a number is not finite; nothing is written
 */
GLIA_API glia_status glia64_net_save_memory(const glia64_net *net, void *buffer, size_t capacity, size_t *needed);

/** Load from memory; as glia64_net_load(). `bytes` is not kept and needs no alignment. */
GLIA_API glia_status glia64_net_load_memory(glia64_net **net, const void *bytes, size_t size, const glia_options *options);

/** The kernel set in use, as "portable"; static. NULL if `net` is NULL. */
GLIA_API const char *glia64_cpu(const glia64_net *net);

#ifdef __cplusplus
}
#endif

#endif
