/* SPDX-License-Identifier: MIT */
/**
 * @file
 * glia: build, train, run, save and load artificial neural networks.
 *
 * A network is described by text (`"input 2, dense 3 tanh, dense 2 softmax"`), lives behind an opaque handle and works
 * on row-major arrays of float, a row a sample. Every choice that can grow (layers, losses, optimizers, their settings)
 * is text; a mistake in it is answered with its position and the list of what is accepted.
 *
 * @par Errors
 * Calls answer with a ::glia_status. On failure the outputs and the network are as before (glia_net_fit() excepted),
 * and glia_error_message() tells what happened; a reason that the system gives is in the language that the host has
 * chosen by LC_MESSAGES. The library never prints, exits, aborts or touches signals and locale.
 *
 * @par Threads
 * Calls that take a `const glia_net *` may run at the same time on one network; a call that takes a `glia_net *` needs
 * the network alone. Different networks are independent.
 *
 * @par Memory
 * Creating allocates the parameters; the first forward the activations, the first backward the gradients, the first
 * step the optimizer's state: each all or nothing, growing once if a larger batch comes. After that no call that
 * trains or predicts allocates. A network that only predicts never holds them. Everything comes from the allocator of
 * ::glia_options.
 *
 * @par Stack
 * No call takes more than 32 KiB of stack, whatever the network, so a thread with 64 KiB is enough; 16 KiB of that are
 * scratch of glia_net_predict(). A host whose threads have less makes its calls from one that has more. Your functions
 * (allocator, progress, `parallel_for`) run on top of that; threads that a network starts have stacks of their own.
 *
 * @par Numbers
 * NaN in, NaN out: inputs are not looked at, and a row of weight 0 is computed like any other. For one kernel set on
 * one processor, results are a function of the arguments and the seed alone: not of the number of threads or, in
 * glia_net_predict(), of the other rows; the set "portable" gives the same bits on every machine. Training calls
 * round to nearest, trap nothing and flush subnormal numbers to zero, and restore the caller's floating-point mode
 * when they return; glia_net_predict() and glia_net_evaluate() run in the caller's mode.
 *
 * @par Pointers
 * Arrays need only the alignment of their type. Outputs must not overlap inputs (::GLIA_ERR_ARGUMENT).
 *
 * @par Paths
 * As the system has them; on Windows in UTF-8, with / or \\ between folders.
 *
 * `<glia/glia64.h>` declares the same calls for networks of double.
 */
#ifndef GLIA_GLIA_H
#define GLIA_GLIA_H

#include <stddef.h>
#include <stdint.h>

#include <glia/export.h>
#include <glia/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a call answers: one of ::glia_status_value. The values are fixed for good. */
typedef int32_t glia_status;

/** The values of a ::glia_status. */
enum glia_status_value {
    GLIA_OK = 0,           /**< done */
    GLIA_STOPPED = 1,      /**< the progress function asked glia_net_fit() to stop; not an error */
    GLIA_ERR_ARGUMENT = 2, /**< NULL, NaN, a negative number, a class out of range, overlapping arrays, struct_size */
    GLIA_ERR_TEXT = 3,     /**< a text: unknown name, value out of range, syntax; the message quotes the word */
    GLIA_ERR_SHAPE = 4,    /**< no rows, widths missing or not fitting, a size too large to count */
    GLIA_ERR_STATE = 5,  /**< the call is not due now: backward without forward, step without backward, no optimizer */
    GLIA_ERR_NOMEM = 6,  /**< no memory */
    GLIA_ERR_IO = 7,     /**< the system refused: no such file, disk full, ... */
    GLIA_ERR_FORMAT = 8, /**< not a valid file, or numbers in it that are not finite */
    GLIA_ERR_UNSUPPORTED = 9, /**< valid, but of a newer version or a part that this build leaves out */
    GLIA_ERR_DIVERGED = 10    /**< a loss or parameter that is not finite, met by fit or save */
};

/**
 * How a network is made and where its memory comes from. Set struct_size to sizeof(glia_options) and the rest to zero
 * (`glia_options options = {sizeof options};`): zero in any field means the default. New fields are only ever appended.
 */
typedef struct glia_options {
    size_t struct_size; /**< sizeof(glia_options) */
    uint64_t seed;      /**< same seed, same bits */
    int32_t threads;    /**< threads for large work; 0 means 1 */
    /** At most this kernel set ("portable", "neon", "avx2", "avx512"); NULL: the best that this processor can run. */
    const char *kernels;
    void *user; /**< handed to the three functions below */
    /** Memory of `size` bytes at `alignment` (a power of two), or NULL. Give this and `release` together, or neither.
     *  Called from whichever thread calls glia, so it must be thread-safe if networks are used from several. */
    void *(*allocate)(void *user, size_t size, size_t alignment);
    /** Give back a block of `size` bytes that `allocate` gave. */
    void (*release)(void *user, void *block, size_t size);
    /** Run task(context, 0) ... task(context, n - 1) in any order, on any threads, and return when all are done. */
    void (*parallel_for)(void *user, size_t n, void (*task)(void *context, size_t i), void *context);
    size_t input_size;  /**< width of the input where the architecture has no `input` layer; 0: not known */
    size_t output_size; /**< width of the last dense layer where the architecture leaves it out; 0: not known */
} glia_options;

/** What glia_net_fit() tells its progress function. */
typedef struct glia_progress {
    size_t struct_size;     /**< sizeof(glia_progress) of the library: fields may be appended */
    size_t epoch;           /**< the epoch, from 1, within this fit */
    size_t batch;           /**< batches done in this epoch, from 1 */
    size_t batches;         /**< batches in an epoch */
    double loss;            /**< of the batch just done; at an epoch's end, of the epoch */
    double validation_loss; /**< at an epoch's end, of the validation set; NaN without one and between ends */
    int32_t is_epoch_end;   /**< 1 in the call that closes an epoch, which follows that of its last batch; else 0 */
} glia_progress;

/** Called by glia_net_fit() after every batch and after every epoch; any answer but 0 stops the fit. */
typedef int32_t glia_progress_fn(void *user, const glia_progress *progress);

/** The name of a status in a few words, as "out of memory"; never NULL, static. */
GLIA_API const char *glia_status_text(glia_status status);

/**
 * What went wrong in this thread's last failing call: one line, never NULL, valid until this thread's next failing
 * call. A call that succeeds leaves it as it is. Empty before the first failure.
 */
GLIA_API const char *glia_error_message(void);

/**
 * Set this thread's error message and answer with `status`: for libraries beside glia that report through the same
 * door.
 *
 * @param status   answered as it is, whatever the number
 * @param message  copied, cut at 511 bytes; control characters become spaces, what is not UTF-8 becomes ?; NULL
 *                 counts as empty
 */
GLIA_API glia_status glia_error_set(glia_status status, const char *message);

/** The library's version, as "0.1.0"; static. */
GLIA_API const char *glia_version(void);

/** The library's version as one number, like #GLIA_VERSION_NUMBER. */
GLIA_API int32_t glia_version_number(void);

/**
 * 64 random bits, a function of the arguments alone (Philox4x32-10; Salmon, Moraes, Dror and Shaw, 2011): the numbers
 * that glia draws from, for programs that want theirs as repeatable.
 *
 * @param seed    any number
 * @param stream  which sequence; glia itself uses those below 2^31
 * @param pass    which round of it, below 2^48
 * @param index   which number of the round, below 2^48
 */
GLIA_API uint64_t glia_random(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index);

/** A standard normal random number from the bits of glia_random(), by the inverse distribution (AS 241; Wichura,
 *  1988). */
GLIA_API double glia_random_normal(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index);

/* From here on everything depends on the number type; glia64.h is made from it by cmake/glia64.cmake. */

/** A network: its layers and parameters, loss, optimizer, random state and metadata. */
typedef struct glia_net glia_net;

/**
 * A data set, or a batch of one; the arrays are the caller's. Set struct_size to sizeof(glia_samples). A call that
 * compares with what is wanted takes `targets` or `classes`, not both.
 */
typedef struct glia_samples {
    size_t struct_size;       /**< sizeof(glia_samples) */
    size_t rows;              /**< 1 or more */
    const float *inputs;      /**< [rows][input_size] */
    const float *targets;     /**< [rows][output_size], or NULL */
    const int32_t *classes;   /**< [rows], or NULL: 0 and 1 with one output, else 0 .. output_size - 1 */
    const float *row_weights; /**< [rows], finite and >= 0; NULL: every row counts 1 */
} glia_samples;

/** A look at one array of a network; see glia_net_tensor(). */
typedef struct glia_tensor {
    size_t struct_size; /**< sizeof(glia_tensor), set by the caller */
    const char *name;   /**< as in the model file: "0.weight"; lent until destroy */
    float *values;      /**< lent until destroy; row-major */
    int32_t rank;       /**< numbers in use in `shape` */
    size_t shape[4];    /**< as in memory: [inputs][units] for the weights of a dense layer */
    int32_t is_trained; /**< 1: part of glia_net_parameters(); 0: learnt otherwise, as by glia_net_adapt() */
} glia_tensor;

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
 * | `standardize` | (x - mean) / deviation by column, learnt by glia_net_adapt() |
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
 * @param net           set on success only; destroy it with glia_net_destroy()
 * @param architecture  the text; not kept
 * @param seed          of the initial weights, dropout and shuffling
 *
 * @retval GLIA_ERR_ARGUMENT  `net` or `architecture` is NULL
 * @retval GLIA_ERR_TEXT      a name, value or the syntax; the message has the position and what is accepted
 * @retval GLIA_ERR_SHAPE     a width is missing, softmax of width 1, step before the end, too large to count
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia_net_create(glia_net **net, const char *architecture, uint64_t seed);

/**
 * Create a network with options.
 *
 * @param net           set on success only
 * @param architecture  as for glia_net_create(); without `input` layer its width is options->input_size, and a last
 *                      dense layer without units takes options->output_size
 * @param options       NULL: the defaults; copied
 *
 * @retval GLIA_ERR_ARGUMENT  also: struct_size, negative threads, one of allocate and release without the other
 * @retval GLIA_ERR_TEXT      also: options->kernels is no name of a kernel set
 * @retval GLIA_ERR_SHAPE     also: the architecture's widths are not those of the options
 */
GLIA_API glia_status glia_net_create_with(glia_net **net, const char *architecture, const glia_options *options);

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
GLIA_API glia_status glia_net_copy(glia_net **copy, const glia_net *net);

/** Free a network and all that it lent. NULL is fine. */
GLIA_API void glia_net_destroy(glia_net *net);

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
GLIA_API glia_status glia_net_set_loss(glia_net *net, const char *loss);

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
 * @param optimizer  the text; NULL drops the optimizer and its state: glia_net_step() is then GLIA_ERR_STATE, and a
 *                   saved file is the small one to ship
 *
 * @retval GLIA_ERR_ARGUMENT  `net` is NULL
 * @retval GLIA_ERR_TEXT      unknown optimizer or setting, value out of range
 */
GLIA_API glia_status glia_net_set_optimizer(glia_net *net, const char *optimizer);

/**
 * Change the optimizer's learning rate and nothing else.
 *
 * @retval GLIA_ERR_ARGUMENT  NULL, or a rate that is negative, not finite or above the number type's largest
 * @retval GLIA_ERR_STATE     there is no optimizer
 */
GLIA_API glia_status glia_net_set_learning_rate(glia_net *net, double learning_rate);

/**
 * Set how many threads large work may use; the results do not depend on it.
 *
 * @param net      the network
 * @param threads  0 means 1; more than there are processors is fine
 *
 * @retval GLIA_ERR_ARGUMENT  NULL or negative
 */
GLIA_API glia_status glia_net_set_threads(glia_net *net, int32_t threads);

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
GLIA_API glia_status glia_net_forward(glia_net *net, const float *inputs, size_t rows, float *outputs);

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
GLIA_API glia_status glia_net_backward(glia_net *net, const float *targets, const float *row_weights, double *loss);

/**
 * As glia_net_backward(), with the class of each row instead of its targets. A class becomes a one-hot target; after
 * a tanh layer the target is 1 and -1 instead of 1 and 0.
 *
 * @param net          the network
 * @param classes      [rows] of the pending forward: 0 and 1 with one output, else 0 .. output_size - 1
 * @param row_weights  as for glia_net_backward()
 * @param loss         as for glia_net_backward()
 *
 * @retval GLIA_ERR_ARGUMENT  also: a class out of range; nothing has changed
 */
GLIA_API glia_status glia_net_backward_classes(glia_net *net, const int32_t *classes, const float *row_weights,
                                               double *loss);

/**
 * As glia_net_backward(), from a gradient that the caller has computed instead of a loss; l1 and l2 are not added.
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
GLIA_API glia_status glia_net_backward_from(glia_net *net, const float *output_gradient, float *input_gradient);

/**
 * Let the optimizer update the parameters by the gradients. Ends the pending forward.
 *
 * @retval GLIA_ERR_ARGUMENT  NULL
 * @retval GLIA_ERR_STATE     no optimizer, or no backward (nor glia_net_zero_gradients()) since the last step
 * @retval GLIA_ERR_NOMEM     no memory for the optimizer's state (GLIA_ERR_SHAPE: more than can be counted)
 */
GLIA_API glia_status glia_net_step(glia_net *net);

/**
 * Set every gradient to 0. A step is then allowed without a backward, so that the caller can write the gradients; a
 * backward adds to what is there.
 *
 * @retval GLIA_ERR_ARGUMENT  NULL
 * @retval GLIA_ERR_NOMEM     no memory for the gradients
 */
GLIA_API glia_status glia_net_zero_gradients(glia_net *net);

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
GLIA_API glia_status glia_net_train(glia_net *net, const glia_samples *batch, double *loss);

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
GLIA_API glia_status glia_net_predict(const glia_net *net, const float *inputs, size_t rows, float *outputs);

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
GLIA_API glia_status glia_net_adapt(glia_net *net, const glia_samples *samples);

/**
 * Train for some epochs: rows shuffled, cut into batches, glia_net_train() on each.
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
 * @param progress    called after every batch and every epoch, or NULL; may look at the network (glia_net_history()
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
GLIA_API glia_status glia_net_fit(glia_net *net, const glia_samples *training, const glia_samples *validation,
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
GLIA_API glia_status glia_net_evaluate(const glia_net *net, const glia_samples *samples, const char *metrics,
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
GLIA_API const double *glia_net_history(const glia_net *net, const char *metric, size_t *count);

/**
 * The trainable numbers, layer by layer, weights [inputs][units] before bias, without padding. The next call sees what
 * is written through the pointer, which stays the same until destroy.
 *
 * @param net    the network
 * @param count  set to how many there are; may be NULL
 * @return lent until destroy; NULL only if `net` is NULL
 */
GLIA_API float *glia_net_parameters(glia_net *net, size_t *count);

/**
 * The gradients, in the order of glia_net_parameters(). The first call allocates them, as the first backward does.
 *
 * @param net    the network
 * @param count  set to how many there are, 0 with an answer of NULL; may be NULL
 * @return lent until destroy; NULL if `net` is NULL or there is no memory
 */
GLIA_API float *glia_net_gradients(glia_net *net, size_t *count);

/**
 * Look at one array of the network, trained or not.
 *
 * @param net    the network
 * @param index  0, 1, ... in the order of the layers
 * @param view   filled; its struct_size is the caller's
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, struct_size, or an index past the last
 */
GLIA_API glia_status glia_net_tensor(const glia_net *net, size_t index, glia_tensor *view);

/** Numbers in a row of inputs; 0 if `net` is NULL. */
GLIA_API size_t glia_net_input_size(const glia_net *net);

/** Numbers in a row of outputs; 0 if `net` is NULL. */
GLIA_API size_t glia_net_output_size(const glia_net *net);

/** The architecture in canonical form, every setting spelled out; lent until destroy. NULL if `net` is NULL. */
GLIA_API const char *glia_net_architecture(const glia_net *net);

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
GLIA_API glia_status glia_net_summary(const glia_net *net, char *buffer, size_t capacity, size_t *needed);

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
GLIA_API glia_status glia_net_set_metadata(glia_net *net, const char *key, const char *value);

/** The text under a key; lent until that key is set again or removed, or destroy. NULL: no such key, or a NULL. */
GLIA_API const char *glia_net_metadata(const glia_net *net, const char *key);

/** The key at an index, in ascending order of bytes; lent until that key is removed or destroy. NULL: past the end, or
 *  a NULL. */
GLIA_API const char *glia_net_metadata_key(const glia_net *net, size_t index);

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
GLIA_API glia_status glia_net_save(const glia_net *net, const char *path);

/**
 * Load a network. Everything is checked before it is believed; a file of doubles is converted. The file is read in
 * pieces, so that loading takes little more memory than the network then holds, and must not change meanwhile, which
 * glia_net_save() never does to a file that is open.
 *
 * @param net      set on success only
 * @param path     a file that glia_net_save() or glia64_net_save() wrote
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
GLIA_API glia_status glia_net_load(glia_net **net, const char *path, const glia_options *options);

/**
 * Save into memory what glia_net_save() writes.
 *
 * @param net       the network
 * @param buffer    gets the file; may be NULL if capacity is 0
 * @param capacity  bytes in `buffer`
 * @param needed    set to the bytes it takes; may be NULL
 *
 * @retval GLIA_ERR_ARGUMENT  `net` is NULL, or too little room: `needed` is set, nothing is written
 * @retval GLIA_ERR_DIVERGED  a number is not finite; nothing is written
 */
GLIA_API glia_status glia_net_save_memory(const glia_net *net, void *buffer, size_t capacity, size_t *needed);

/** Load from memory; as glia_net_load(). `bytes` is not kept and needs no alignment. */
GLIA_API glia_status glia_net_load_memory(glia_net **net, const void *bytes, size_t size, const glia_options *options);

/** The kernel set in use, as "portable"; static. NULL if `net` is NULL. */
GLIA_API const char *glia_cpu(const glia_net *net);

#ifdef __cplusplus
}
#endif

#endif
