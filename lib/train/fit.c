/* SPDX-License-Identifier: MIT */
/* Training for some epochs: order, batches, steps, validation, the best epoch. */
#include "train/fit.h"

#include <string.h>

#include "base/float_mode.h"
#include "base/layout.h"
#include "base/random.h"
#include "base/streams.h"

/* A fit under way. */
typedef struct run {
    const glia__fit *fit;
    size_t batch, batches; /* rows in a batch, batches in an epoch */
    size_t epoch;          /* from 1 */
    glia__float_mode mode; /* of training, and what to go back to */

    size_t *order;                    /* of the rows in this epoch, where they are shuffled */
    real *inputs, *targets, *weights; /* a batch of them, gathered */
    int32_t *classes;
    size_t first;                 /* of the batch, in the order */
    real *outputs, *target_block; /* to count hits with */

    real *best; /* the network's values at the end of the best epoch, where there is validation */
    double best_loss;
    size_t best_epoch; /* 0: none yet */

    /* Sums over the epoch. */
    double weighted_loss, weight_sum, hits;
    double record[GLIA__HISTORIES];
} run;

static bool is_finite(double x)
{
    return fabs(x) <= DBL_MAX;
}

static bool has_accuracy(const glia__fit *fit, const glia_samples *samples)
{
    return samples != NULL && (samples->classes != NULL || fit->trainer->loss.type->activation != NULL);
}

static size_t count_if(bool is_wanted, size_t count)
{
    return is_wanted ? count : 0;
}

static glia_status reserve(run *state)
{
    const glia__fit *fit = state->fit;
    const glia__network *network = fit->trainer->network;
    const glia_samples *training = fit->training;
    bool is_gathered = fit->options.is_shuffled;
    size_t batch = count_if(is_gathered, state->batch);

    glia__layout layout = {0};
    size_t order = glia__layout_add(&layout, count_if(is_gathered, training->rows), sizeof *state->order);
    size_t inputs = glia__layout_add(&layout, batch, network->input_size * sizeof(real));
    size_t targets =
        glia__layout_add(&layout, count_if(training->targets != NULL, batch), network->output_size * sizeof(real));
    size_t classes = glia__layout_add(&layout, count_if(training->classes != NULL, batch), sizeof *state->classes);
    size_t weights = glia__layout_add(&layout, count_if(training->row_weights != NULL, batch), sizeof(real));
    size_t outputs = glia__layout_add(&layout, count_if(network->longest_column > 0, state->batch),
                                      network->output_size * sizeof(real));
    size_t target_block = glia__layout_add(&layout, GLIA__ROW_BLOCK, network->output_size * sizeof(real));
    size_t best = glia__layout_add(&layout, count_if(fit->validation != NULL, network->value_count), sizeof(real));

    glia_status status = glia__layout_reserve(&layout, fit->memory, &network->allocator);
    if (status != GLIA_OK)
        return status;
    char *bytes = fit->memory->bytes;
    state->order = (size_t *)(bytes + order);
    state->inputs = (real *)(bytes + inputs);
    state->targets = (real *)(bytes + targets);
    state->classes = (int32_t *)(bytes + classes);
    state->weights = (real *)(bytes + weights);
    state->outputs = (real *)(bytes + outputs);
    state->target_block = (real *)(bytes + target_block);
    state->best = (real *)(bytes + best);
    if (fit->validation != NULL)
        status = glia__evaluate_reserve(network, fit->pool);
    return status != GLIA_OK ? status : glia__trainer_reserve(fit->trainer, state->batch);
}

/* Gather rows [begin, begin + rows) of the batch. */
static void gather(void *context, size_t begin, size_t rows)
{
    const run *state = context;
    const glia_samples *all = state->fit->training;
    const glia__network *network = state->fit->trainer->network;
    size_t width = network->input_size, outputs = network->output_size;
    for (size_t i = begin; i < begin + rows; i++) {
        size_t row = state->order[state->first + i];
        memcpy(state->inputs + i * width, all->inputs + row * width, width * sizeof(real));
        if (all->targets != NULL)
            memcpy(state->targets + i * outputs, all->targets + row * outputs, outputs * sizeof(real));
        if (all->classes != NULL)
            state->classes[i] = all->classes[row];
    }
}

/* `rows` rows from `first` on in the order of this epoch. */
static glia__batch take_batch(run *state, size_t first, size_t rows)
{
    const glia_samples *all = state->fit->training;
    const glia__network *network = state->fit->trainer->network;
    size_t outputs = network->output_size;
    bool is_gathered = state->fit->options.is_shuffled;
    size_t begin = is_gathered ? 0 : first; /* in the arrays that the batch is read from */
    state->first = first;
    if (all->row_weights != NULL && is_gathered) /* their sum is wanted before the rows are */
        for (size_t i = 0; i < rows; i++)
            state->weights[i] = all->row_weights[state->order[first + i]];
    return (glia__batch){
        .rows = rows,
        .inputs = (is_gathered ? state->inputs : all->inputs) + begin * network->input_size,
        .wanted =
            {
                .targets =
                    all->targets == NULL ? NULL : (is_gathered ? state->targets : all->targets) + begin * outputs,
                .classes = all->classes == NULL ? NULL : (is_gathered ? state->classes : all->classes) + begin,
                .row_weights =
                    all->row_weights == NULL ? NULL : (is_gathered ? state->weights : all->row_weights) + begin,
            },
        .load = is_gathered ? gather : NULL,
        .context = state,
    };
}

/* Train on one batch; *loss is its loss. One that is not finite ends before the step. */
static glia_status train_batch(run *state, const glia__batch *batch, double *loss)
{
    glia__trainer *trainer = state->fit->trainer;
    uint64_t pass_before = trainer->pass_count;

    glia__trainer_begin_batch(trainer, batch, loss);
    if (!is_finite(*loss)) {
        trainer->pass_count = pass_before;
        return glia__fail(GLIA_ERR_DIVERGED, "epoch %zu: the loss is not finite; a lower learning rate may help",
                          state->epoch);
    }
    double weight = glia__sum_weights(batch->wanted.row_weights, batch->rows);
    state->weighted_loss += weight * *loss;
    state->weight_sum += weight;
    if (has_accuracy(state->fit, state->fit->training))
        state->hits += glia__weighted_hits(trainer->network, &batch->wanted, batch->rows,
                                           glia__trainer_outputs(trainer, state->outputs), state->target_block);
    glia__trainer_end_batch(trainer);
    return GLIA_OK;
}

/* Tell the caller; GLIA_STOPPED if that is what it wants. */
static glia_status report(const run *state, glia_progress *progress)
{
    const glia__fit *fit = state->fit;
    progress->struct_size = sizeof *progress;
    progress->epoch = state->epoch;
    progress->batches = state->batches;
    if (fit->progress == NULL)
        return GLIA_OK;
    glia__float_mode_leave(state->mode); /* the caller's code runs in the caller's mode */
    int32_t answer = fit->progress(fit->user, progress);
    glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    return answer == 0 ? GLIA_OK : GLIA_STOPPED;
}

static glia_status run_batches(run *state)
{
    const glia__fit *fit = state->fit;
    glia__trainer *trainer = fit->trainer;
    if (fit->options.is_shuffled)
        glia__random_order(state->order, fit->training->rows, trainer->network->seed, GLIA__STREAM_SHUFFLE,
                           trainer->epoch_count);
    state->weighted_loss = state->weight_sum = state->hits = 0;
    for (size_t i = 0; i < state->batches; i++) {
        size_t begin = i * state->batch;
        size_t rows = fit->training->rows - begin < state->batch ? fit->training->rows - begin : state->batch;
        glia__batch batch = take_batch(state, begin, rows);
        double loss;
        glia_status status = train_batch(state, &batch, &loss);
        glia_progress progress = {.batch = i + 1, .loss = loss, .validation_loss = NAN};
        if (status == GLIA_OK)
            status = report(state, &progress);
        if (status != GLIA_OK)
            return status;
    }
    return GLIA_OK;
}

static glia_status check_parameters(const run *state)
{
    const glia__network *network = state->fit->trainer->network;
    for (size_t i = 0; i < network->parameter_count; i++)
        if (!real_is_finite(network->values[i]))
            return glia__fail(GLIA_ERR_DIVERGED, "epoch %zu: a parameter is not finite; a lower learning rate may help",
                              state->epoch);
    return GLIA_OK;
}

/* Measure the validation set, and keep the network if this is the best epoch so far. */
static glia_status validate(run *state)
{
    const glia__fit *fit = state->fit;
    glia__network *network = fit->trainer->network;
    if (fit->validation == NULL)
        return GLIA_OK;
    const glia__metrics metrics = {.types = {&glia__loss_metric, &glia__accuracy_metric}, .count = 2};
    double values[2] = {0};
    glia_status status = glia__evaluate(network, &fit->trainer->loss, fit->pool, fit->validation, &metrics, values);
    if (status == GLIA_OK && !is_finite(values[0]))
        status = glia__fail(GLIA_ERR_DIVERGED, "epoch %zu: the validation loss is not finite", state->epoch);
    state->record[GLIA__HISTORY_VALIDATION_LOSS] = values[0];
    state->record[GLIA__HISTORY_VALIDATION_ACCURACY] = values[1];
    return status;
}

static void remember_best(run *state)
{
    const glia__fit *fit = state->fit;
    const glia__network *network = fit->trainer->network;
    bool has_validation = fit->validation != NULL;
    double loss = state->record[has_validation ? GLIA__HISTORY_VALIDATION_LOSS : GLIA__HISTORY_LOSS];
    if (state->best_epoch != 0 && loss >= state->best_loss)
        return;
    state->best_loss = loss;
    state->best_epoch = state->epoch;
    if (has_validation)
        memcpy(state->best, network->values, network->value_count * sizeof *network->values);
}

static void restore_best(const run *state)
{
    const glia__network *network = state->fit->trainer->network;
    if (state->fit->validation != NULL && state->best_epoch != 0)
        memcpy(network->values, state->best, network->value_count * sizeof *network->values);
}

static glia_status run_epoch(run *state)
{
    const glia__fit *fit = state->fit;
    glia_status status = run_batches(state);
    if (status != GLIA_OK)
        return status;
    fit->trainer->epoch_count++;
    status = check_parameters(state);
    if (status != GLIA_OK)
        return status;

    bool is_weighed = state->weight_sum != 0;
    state->record[GLIA__HISTORY_LOSS] = is_weighed ? state->weighted_loss / state->weight_sum : 0;
    state->record[GLIA__HISTORY_ACCURACY] = is_weighed ? state->hits / state->weight_sum : 0;
    status = validate(state);
    if (status != GLIA_OK)
        return status;
    remember_best(state);
    glia__history_append(fit->history, state->record);

    glia_progress progress = {
        .batch = state->batches,
        .loss = state->record[GLIA__HISTORY_LOSS],
        .validation_loss = fit->validation == NULL ? NAN : state->record[GLIA__HISTORY_VALIDATION_LOSS],
        .is_epoch_end = 1,
    };
    return report(state, &progress);
}

static bool is_out_of_patience(const run *state)
{
    size_t patience = state->fit->options.patience;
    return patience != 0 && state->epoch - state->best_epoch >= patience;
}

glia_status glia__fit_run(const glia__fit *fit)
{
    size_t rows = fit->training->rows, batch = fit->options.batch;
    run state = {.fit = fit, .batch = batch == 0 || batch > rows ? rows : batch};
    state.batches = rows / state.batch + (rows % state.batch != 0);
    glia_status status = reserve(&state);
    if (status != GLIA_OK)
        return status;

    fit->trainer->may_step = false;
    glia__history_begin(fit->history, has_accuracy(fit, fit->training), fit->validation != NULL,
                        has_accuracy(fit, fit->validation));
    for (state.epoch = 1; state.epoch <= fit->options.epochs && status == GLIA_OK; state.epoch++) {
        status = glia__history_reserve(fit->history, &fit->trainer->network->allocator);
        if (status != GLIA_OK)
            break;
        state.mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
        status = run_epoch(&state);
        glia__float_mode_leave(state.mode);
        if (status == GLIA_OK && is_out_of_patience(&state))
            break;
    }
    if (status == GLIA_OK || status == GLIA_STOPPED)
        restore_best(&state);
    fit->trainer->may_step = false;
    fit->trainer->rows = 0; /* the last forward borrowed memory of the fit */
    return status;
}
