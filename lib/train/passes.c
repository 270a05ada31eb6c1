/* SPDX-License-Identifier: MIT */
/*
 * Forward, backward and step, shared out among the threads.
 *
 * Rows go through all layers on their own, forward and back, so a thread takes some of them; then each takes chunks of
 * the parameters, with the gradient over all rows and the optimizer's update. Every number is the work of one thread,
 * in an order that the shapes fix: the bits do not depend on how many threads there are.
 */
#include <assert.h>
#include <stdatomic.h>
#include <string.h>

#include "base/float_mode.h"
#include "base/not_inline.h"
#include "net/propagate.h"
#include "train/comparison.h"
#include "train/row_pass.h"
#include "train/trainer_memory.h"

#define THREADED_WORK   1000000          /* rows x parameters; less is done before a second thread is awake */
#define ROWS_A_TASK     GLIA__ROWS_ALIKE /* at least */
#define STEP_WORTH      16               /* rows of work in a step: it waits for memory */
#define PART_PARAMETERS 16384            /* about; gradient, parameters and moments fit the second cache */
#define CHUNK_INPUTS    336              /* of the widest layer, at most; for each chunk the deltas are packed anew */
#define CHUNKS_LEFT     2                /* for each thread, at least, when one takes a chunk of several parts */

/* A part of a training pass: through the layers with some rows. */
typedef struct rows_run {
    const glia__trainer *trainer;
    size_t tasks;
    const glia__batch *batch;       /* to load and send forward, or NULL */
    glia__comparison *comparison;   /* to begin a backward with, or NULL; its arrays are still to be found */
    const glia__backward *backward; /* or NULL */
} rows_run;

/* And through the parameters, cut into parts: each thread takes the next chunk of them until there is none. */
typedef struct parameters_run {
    const glia__trainer *trainer;
    const glia__backward *backward; /* whose gradient is wanted, or NULL */
    bool adds;                      /* to the gradients there are */
    bool has_penalty;               /* their gradient is wanted too */
    const glia__step *step;         /* to take, or NULL */
    size_t tasks, parts;
    size_t most_parts; /* of a chunk; 0: one */
    atomic_size_t next;
} parameters_run;

/* How many threads are worth their while. */
static size_t count_tasks(const glia__trainer *trainer, size_t rows)
{
    size_t threads = glia__threads_count(trainer->threads), parameters = trainer->network->parameter_count;
    return threads == 1 || rows < THREADED_WORK / (parameters + 1) ? 1 : threads;
}

static void run_rows(void *context, size_t task)
{
    const rows_run *run = context;
    const glia__trainer *trainer = run->trainer;
    const glia__network *network = trainer->network;
    real *activations = glia__trainer_activations(trainer);
    bool is_whole = run->tasks == 1;
    size_t begin = is_whole ? 0 : trainer->rows * task / run->tasks;
    size_t end = is_whole ? trainer->rows : trainer->rows * (task + 1) / run->tasks;
    glia__pass pass = glia__pass_part(&trainer->pass, begin, end - begin);
    pass.scratch = glia__trainer_scratch(trainer, task);

    if (run->batch != NULL && run->batch->load != NULL)
        run->batch->load(run->batch->context, begin, end - begin);
    if (run->batch != NULL)
        glia__propagate_forward(network, &pass, trainer->inputs, activations);
    if (run->comparison != NULL) {
        glia__comparison comparison = *run->comparison;
        comparison.outputs = glia__propagated_outputs(network, &pass, activations);
        comparison.logits = glia__propagated_logits(network, &pass, trainer->inputs, activations);
        comparison.gradient = glia__propagated_delta(network, &pass, run->backward->deltas);
        glia__compare(&comparison, &pass, pass.scratch);
    }
    if (run->backward != NULL)
        glia__propagate_backward(network, &pass, run->backward);
}

NOT_INLINE static void share_rows(const glia__trainer *trainer, rows_run *run)
{
    run->trainer = trainer;
    size_t tasks = trainer->pass.is_columns ? 1 : count_tasks(trainer, trainer->rows);
    size_t most = trainer->rows / ROWS_A_TASK;
    run->tasks = tasks < most ? tasks : most > 0 ? most : 1;
    glia__threads_run(trainer->threads, run->tasks, run_rows, run);
}

/* One layer's share: its gradient with the penalties, and the step, while it is in the cache. */
static void run_share(const parameters_run *run, const glia__pass *pass, const glia__layer *layer, glia__share share)
{
    const glia__trainer *trainer = run->trainer;
    const glia__network *network = trainer->network;
    glia__propagate_gradient(network, pass, run->backward, layer, share, trainer->gradients, run->adds);
    for (size_t j = 0; j < layer->array_count; j++) {
        const glia__array *array = &layer->arrays[j];
        size_t first, count = array->is_trained ? glia__share_of_array(array, share, &first) : 0;
        if (count == 0)
            continue;
        if (run->has_penalty && array->is_weight)
            glia__loss_penalty_gradient(&trainer->loss, network->kernels, trainer->gradients + array->offset + first,
                                        array->values + first, count);
        if (run->step != NULL)
            glia__step_update(run->step, array->offset + first, count);
    }
}

/* How many of the parts that are left to take: the more there are the more, so that threads end at about the same time
 * (guided self-scheduling, Polychronopoulos and Kuck 1987). */
static size_t parts_to_take(const parameters_run *run, size_t left)
{
    size_t parts = run->tasks == 1 ? left : left / (CHUNKS_LEFT * run->tasks);
    parts = parts < run->most_parts ? parts : run->most_parts;
    return parts > 0 ? parts : 1;
}

/* Take the parts from `begin` on; false if somebody else has, and `begin` is where there are others. One thread alone
 * need not be atomic, which costs as much as a tiny network. */
static bool take_parts(parameters_run *run, size_t *begin, size_t end)
{
    if (run->tasks > 1)
        return atomic_compare_exchange_weak_explicit(&run->next, begin, end, memory_order_relaxed,
                                                     memory_order_relaxed);
    atomic_store_explicit(&run->next, end, memory_order_relaxed);
    return true;
}

/* The next parts that nobody has taken; false if there are none. */
static bool take_chunk(parameters_run *run, glia__chunk *chunk)
{
    size_t begin = atomic_load_explicit(&run->next, memory_order_relaxed), end;
    do {
        if (begin == run->parts)
            return false;
        end = begin + parts_to_take(run, run->parts - begin);
    } while (!take_parts(run, &begin, end));
    *chunk = (glia__chunk){begin, end, run->parts};
    return true;
}

static void run_gradient(void *context, size_t task)
{
    parameters_run *run = context;
    const glia__trainer *trainer = run->trainer;
    const glia__network *network = trainer->network;
    glia__pass pass = trainer->pass;
    pass.scratch = glia__trainer_scratch(trainer, task);
    for (glia__chunk chunk; take_chunk(run, &chunk);) {
        for (size_t i = network->first_trained; i < network->layer_count; i++) {
            const glia__layer *layer = &network->layers[i];
            if (layer->type->differentiate == NULL)
                continue;
            glia__share share = glia__layer_share(network, layer, chunk);
            if (share.begin < share.end)
                run_share(run, &pass, layer, share);
        }
    }
}

static void run_step(void *context, size_t task)
{
    parameters_run *run = context;
    (void)task;
    size_t count = run->trainer->network->parameter_count;
    for (glia__chunk chunk; take_chunk(run, &chunk);) {
        size_t begin = chunk.begin * PART_PARAMETERS, end = chunk.end * PART_PARAMETERS;
        glia__step_update(run->step, begin, (end < count ? end : count) - begin);
    }
}

NOT_INLINE static void share_parameters(const glia__trainer *trainer, parameters_run *run, size_t rows,
                                        void (*task)(void *context, size_t task))
{
    const glia__network *network = trainer->network;
    run->trainer = trainer;
    run->parts = (network->parameter_count + PART_PARAMETERS - 1) / PART_PARAMETERS;
    run->most_parts = network->widest / (PART_PARAMETERS / CHUNK_INPUTS);
    size_t tasks = count_tasks(trainer, rows);
    run->tasks = tasks < run->parts ? tasks : run->parts;
    glia__threads_run(trainer->threads, run->tasks, task, run);
}

const real *glia__trainer_outputs(const glia__trainer *trainer, real *room)
{
    const glia__network *network = trainer->network;
    const glia__pass *pass = &trainer->pass;
    const real *outputs = glia__propagated_outputs(network, pass, glia__trainer_activations(trainer));
    if (!pass->is_columns)
        return outputs;
    network->kernels->to_rows(room, outputs, trainer->rows, network->output_size, pass->batch);
    return room;
}

/* The batch is the pending one from here on. */
static void begin_forward(glia__trainer *trainer, const real *inputs, size_t rows)
{
    trainer->inputs = inputs;
    trainer->rows = rows;
    if (rows != trainer->pass_rows) {
        trainer->pass = glia__pass_over(trainer->network, rows);
        trainer->pass_rows = rows;
    }
    trainer->pass.number = trainer->pass_count++;
}

glia_status glia__trainer_forward(glia__trainer *trainer, const real *inputs, size_t rows, real *outputs)
{
    glia_status status = glia__trainer_reserve_forward(trainer, rows);
    if (status != GLIA_OK)
        return status;
    begin_forward(trainer, inputs, rows);
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    if (trainer->pass.is_row) {
        glia__row_pass_forward(trainer);
    } else {
        const glia__batch batch = {.rows = rows, .inputs = inputs};
        share_rows(trainer, &(rows_run){.batch = &batch});
    }
    glia__float_mode_leave(mode);
    if (outputs == NULL)
        return GLIA_OK;
    const real *computed = glia__trainer_outputs(trainer, outputs);
    if (computed != outputs)
        memcpy(outputs, computed, rows * trainer->network->output_size * sizeof *outputs);
    return GLIA_OK;
}

static glia__backward backward_of(const glia__trainer *trainer)
{
    return (glia__backward){
        .inputs = trainer->inputs,
        .activations = glia__trainer_activations(trainer),
        .deltas = glia__trainer_deltas(trainer),
    };
}

static glia__backward backward_from_loss(const glia__trainer *trainer)
{
    glia__backward backward = backward_of(trainer);
    backward.is_logit_gradient = trainer->loss.type->is_logit_gradient;
    return backward;
}

/* Where the losses of the pending batch go; NULL: nobody wants them. */
static real *losses_for(const glia__trainer *trainer, const double *loss)
{
    return loss != NULL ? glia__trainer_losses(trainer) : NULL;
}

static glia__comparison comparison_of(const glia__trainer *trainer, const glia__wanted *wanted, real *losses)
{
    return (glia__comparison){
        .network = trainer->network,
        .loss = &trainer->loss,
        .wanted = wanted,
        .weight_sum = glia__sum_weights(wanted->row_weights, trainer->rows),
        .losses = losses,
    };
}

/* The loss of the pending batch, whose rows have been compared. */
static double batch_loss(const glia__trainer *trainer, const glia__wanted *wanted)
{
    const glia__loss *loss = &trainer->loss;
    double weight_sum = glia__sum_weights(wanted->row_weights, trainer->rows);
    double sum = glia__sum_losses(glia__trainer_losses(trainer), wanted->row_weights, trainer->rows);
    return glia__loss_reduce(loss, sum, weight_sum) + glia__loss_penalty(loss, trainer->network);
}

/* The gradients of the pending backward, added to those that the last step has not used. */
static void take_gradients(const glia__trainer *trainer, const glia__backward *backward, bool has_penalty)
{
    parameters_run run = {.backward = backward, .has_penalty = has_penalty, .adds = trainer->may_step};
    share_parameters(trainer, &run, trainer->rows, run_gradient);
}

NOT_INLINE static void go_back(const glia__trainer *trainer, const glia__wanted *wanted, real *losses)
{
    glia__comparison comparison = comparison_of(trainer, wanted, losses);
    const glia__backward backward = backward_from_loss(trainer);
    share_rows(trainer, &(rows_run){.comparison = &comparison, .backward = &backward});
    take_gradients(trainer, &backward, glia__loss_has_penalty(&trainer->loss));
}

glia_status glia__trainer_backward(glia__trainer *trainer, const glia__wanted *wanted, double *loss)
{
    assert(trainer->rows > 0);
    glia_status status = glia__trainer_reserve_backward(trainer, trainer->rows);
    if (status != GLIA_OK)
        return status;
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    if (trainer->pass.is_row) {
        glia__row_pass_compare(trainer, wanted, losses_for(trainer, loss));
        glia__row_pass_gradient(trainer);
    } else {
        go_back(trainer, wanted, losses_for(trainer, loss));
    }
    if (loss != NULL)
        *loss = batch_loss(trainer, wanted);
    glia__float_mode_leave(mode);
    trainer->may_step = true;
    return GLIA_OK;
}

static void load_output_gradient(glia__trainer *trainer, const real *output_gradient)
{
    const glia__network *network = trainer->network;
    const glia__pass *pass = &trainer->pass;
    real *delta = glia__propagated_delta(network, pass, glia__trainer_deltas(trainer));
    size_t width = network->output_size;
    if (pass->is_columns)
        network->kernels->to_columns(delta, output_gradient, trainer->rows, width, pass->batch);
    else
        memcpy(delta, output_gradient, trainer->rows * width * sizeof *delta);
}

glia_status glia__trainer_backward_from(glia__trainer *trainer, const real *output_gradient, real *input_gradient)
{
    assert(trainer->rows > 0);
    glia_status status = glia__trainer_reserve_backward(trainer, trainer->rows);
    if (status != GLIA_OK)
        return status;
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    load_output_gradient(trainer, output_gradient);
    glia__backward backward = backward_of(trainer);
    backward.input_gradient = input_gradient;
    if (trainer->pass.is_row && input_gradient == NULL) {
        glia__row_pass_gradient_from(trainer);
    } else {
        share_rows(trainer, &(rows_run){.backward = &backward});
        take_gradients(trainer, &backward, false);
    }
    glia__float_mode_leave(mode);
    trainer->may_step = true;
    return GLIA_OK;
}

/* The next step of the optimizer. */
static void prepare_step(glia__step *step, glia__trainer *trainer)
{
    step->optimizer = &trainer->optimizer;
    step->network = trainer->network;
    step->gradients = trainer->gradients;
    step->states = trainer->states;
    glia__step_prepare(step, ++trainer->step_count);
}

NOT_INLINE static void share_step(const glia__trainer *trainer, const glia__step *step)
{
    parameters_run run = {.step = step};
    share_parameters(trainer, &run, STEP_WORTH, run_step);
}

static void end_step(glia__trainer *trainer)
{
    trainer->may_step = false;
    trainer->rows = 0;
}

glia_status glia__trainer_step(glia__trainer *trainer)
{
    assert(trainer->may_step && trainer->optimizer.type != NULL);
    bool has_states = trainer->state_count == glia__optimizer_state_count(&trainer->optimizer);
    glia_status status = has_states ? GLIA_OK : glia__trainer_reserve_states(trainer);
    if (status != GLIA_OK)
        return status;
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    glia__step step;
    prepare_step(&step, trainer);
    if (trainer->network->parameter_count <= PART_PARAMETERS)
        glia__step_update(&step, 0, trainer->network->parameter_count);
    else
        share_step(trainer, &step);
    glia__float_mode_leave(mode);
    end_step(trainer);
    return GLIA_OK;
}

glia_status glia__trainer_zero_gradients(glia__trainer *trainer)
{
    glia_status status = glia__trainer_reserve_gradients(trainer);
    if (status != GLIA_OK)
        return status;
    memset(trainer->gradients, 0, trainer->network->parameter_count * sizeof *trainer->gradients);
    trainer->may_step = true;
    return GLIA_OK;
}

void glia__trainer_begin_batch(glia__trainer *trainer, const glia__batch *batch, double *loss)
{
    begin_forward(trainer, batch->inputs, batch->rows);
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    real *losses = losses_for(trainer, loss);
    if (trainer->pass.is_row) {
        if (batch->load != NULL)
            batch->load(batch->context, 0, 1);
        glia__row_pass_forward(trainer);
        glia__row_pass_compare(trainer, &batch->wanted, losses);
    } else {
        glia__comparison comparison = comparison_of(trainer, &batch->wanted, losses);
        const glia__backward backward = backward_from_loss(trainer);
        share_rows(trainer, &(rows_run){.batch = batch, .comparison = &comparison, .backward = &backward});
    }
    if (loss != NULL)
        *loss = batch_loss(trainer, &batch->wanted);
    glia__float_mode_leave(mode);
}

void glia__trainer_end_batch(glia__trainer *trainer)
{
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    glia__step step;
    prepare_step(&step, trainer);
    if (trainer->pass.is_row) {
        glia__row_pass_gradient(trainer);
        glia__step_update(&step, 0, trainer->network->parameter_count);
    } else {
        const glia__backward backward = backward_from_loss(trainer);
        parameters_run run = {.backward = &backward,
                              .has_penalty = glia__loss_has_penalty(&trainer->loss),
                              .adds = trainer->may_step,
                              .step = &step};
        share_parameters(trainer, &run, trainer->rows, run_gradient);
    }
    glia__float_mode_leave(mode);
    end_step(trainer);
}

glia_status glia__trainer_train(glia__trainer *trainer, const glia__batch *batch, double *loss)
{
    glia_status status = glia__trainer_reserve(trainer, batch->rows);
    if (status != GLIA_OK)
        return status;
    glia__trainer_begin_batch(trainer, batch, loss);
    glia__trainer_end_batch(trainer);
    return GLIA_OK;
}
