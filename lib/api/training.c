/* SPDX-License-Identifier: MIT */
/* Training calls. */
#include "api/net.h"
#include "base/float_mode.h"

glia_status glia_net_set_loss(glia_net *net, const char *loss)
{
    if (net == NULL || loss == NULL)
        return glia__fail_null(net == NULL ? "net" : "loss");
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_EXACT);
    glia_status status = glia__loss_read(&net->trainer.loss, loss, &net->network);
    glia__float_mode_leave(mode);
    return status;
}

glia_status glia_net_set_optimizer(glia_net *net, const char *optimizer)
{
    if (net == NULL)
        return glia__fail_null("net");
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_EXACT);
    glia_status status = glia__trainer_set_optimizer(&net->trainer, optimizer);
    glia__float_mode_leave(mode);
    return status;
}

static glia_status check_optimizer(const glia_net *net)
{
    if (net->trainer.optimizer.type == NULL)
        return glia__fail(GLIA_ERR_STATE, "there is no optimizer; set one first");
    return GLIA_OK;
}

glia_status glia_net_set_learning_rate(glia_net *net, double learning_rate)
{
    if (net == NULL)
        return glia__fail_null("net");
    if (!(learning_rate >= 0 && learning_rate <= (double)REAL_MAX))
        return glia__fail(GLIA_ERR_ARGUMENT, "the learning rate is negative, not finite or too large for the network");
    glia_status status = check_optimizer(net);
    if (status == GLIA_OK)
        net->trainer.optimizer.values[GLIA__LEARNING_RATE] = learning_rate;
    return status;
}

glia_status glia_net_set_threads(glia_net *net, int32_t threads)
{
    if (net == NULL)
        return glia__fail_null("net");
    if (threads < 0)
        return glia__fail(GLIA_ERR_ARGUMENT, "threads is %ld", (long)threads);
    glia__threads_set_count(net->threads, glia__thread_count(threads));
    return GLIA_OK;
}

glia_status glia_net_forward(glia_net *net, const real *inputs, size_t rows, real *outputs)
{
    if (net == NULL || inputs == NULL)
        return glia__fail_null(net == NULL ? "net" : "inputs");
    const glia__network *network = &net->network;
    glia_status status = glia__check_rows(network, rows);
    if (status == GLIA_OK && outputs != NULL)
        status = glia__check_apart(inputs, network->input_size, outputs, network->output_size, rows);
    return status != GLIA_OK ? status : glia__trainer_forward(&net->trainer, inputs, rows, outputs);
}

static glia_status check_pending(const glia_net *net)
{
    if (net->trainer.rows == 0)
        return glia__fail(GLIA_ERR_STATE, "no forward is pending; backward follows a forward");
    return GLIA_OK;
}

static glia_status check_loss_apart(const glia_net *net, const glia__wanted *wanted, const double *loss)
{
    if (loss == NULL)
        return GLIA_OK;
    const glia_samples samples = {
        .rows = net->trainer.rows,
        .inputs = net->trainer.inputs,
        .targets = wanted->targets,
        .classes = wanted->classes,
        .row_weights = wanted->row_weights,
    };
    return glia__check_results_apart(&net->network, &samples, loss, 1);
}

static glia_status backward(glia_net *net, const glia__wanted *wanted, double *loss)
{
    glia_status status = check_pending(net);
    if (status == GLIA_OK)
        status = glia__check_wanted(&net->network, wanted, net->trainer.rows);
    if (status == GLIA_OK)
        status = check_loss_apart(net, wanted, loss);
    return status != GLIA_OK ? status : glia__trainer_backward(&net->trainer, wanted, loss);
}

glia_status glia_net_backward(glia_net *net, const real *targets, const real *row_weights, double *loss)
{
    if (net == NULL || targets == NULL)
        return glia__fail_null(net == NULL ? "net" : "targets");
    return backward(net, &(glia__wanted){.targets = targets, .row_weights = row_weights}, loss);
}

glia_status glia_net_backward_classes(glia_net *net, const int32_t *classes, const real *row_weights, double *loss)
{
    if (net == NULL || classes == NULL)
        return glia__fail_null(net == NULL ? "net" : "classes");
    return backward(net, &(glia__wanted){.classes = classes, .row_weights = row_weights}, loss);
}

static glia_status check_input_gradient(const glia_net *net, const real *output_gradient, const real *input_gradient)
{
    const glia__network *network = &net->network;
    size_t rows = net->trainer.rows, inputs = network->input_size, outputs = network->output_size;
    if (input_gradient == NULL)
        return GLIA_OK;
    glia_status status = glia__check_apart(output_gradient, outputs, input_gradient, inputs, rows);
    return status != GLIA_OK ? status : glia__check_apart(net->trainer.inputs, inputs, input_gradient, inputs, rows);
}

glia_status glia_net_backward_from(glia_net *net, const real *output_gradient, real *input_gradient)
{
    if (net == NULL || output_gradient == NULL)
        return glia__fail_null(net == NULL ? "net" : "output_gradient");
    const glia__network *network = &net->network;
    const glia__layer_type *last = network->layers[network->layer_count - 1].type;
    if (last->is_only_last)
        return glia__fail(GLIA_ERR_SHAPE, "the last layer is %s, which has no gradient", last->entry.name);
    glia_status status = check_pending(net);
    if (status == GLIA_OK)
        status = check_input_gradient(net, output_gradient, input_gradient);
    return status != GLIA_OK ? status : glia__trainer_backward_from(&net->trainer, output_gradient, input_gradient);
}

glia_status glia_net_step(glia_net *net)
{
    if (net == NULL)
        return glia__fail_null("net");
    glia_status status = check_optimizer(net);
    if (status == GLIA_OK && !net->trainer.may_step)
        status = glia__fail(GLIA_ERR_STATE, "there was no backward since the last step");
    return status != GLIA_OK ? status : glia__trainer_step(&net->trainer);
}

glia_status glia_net_zero_gradients(glia_net *net)
{
    if (net == NULL)
        return glia__fail_null("net");
    return glia__trainer_zero_gradients(&net->trainer);
}

/* Samples that have what they should give. */
static glia_status check_training_samples(const glia_net *net, const glia_samples *samples, const char *what)
{
    glia_status status = glia__check_samples(&net->network, samples, what);
    if (status != GLIA_OK)
        return status;
    const glia__wanted wanted = {samples->targets, samples->classes, samples->row_weights};
    return glia__check_wanted(&net->network, &wanted, samples->rows);
}

glia_status glia_net_train(glia_net *net, const glia_samples *batch, double *loss)
{
    if (net == NULL)
        return glia__fail_null("net");
    glia_status status = check_training_samples(net, batch, "batch");
    if (status == GLIA_OK)
        status = glia__check_results_apart(&net->network, batch, loss, 1);
    if (status == GLIA_OK)
        status = check_optimizer(net);
    if (status != GLIA_OK)
        return status;
    const glia__batch rows = {
        .rows = batch->rows,
        .inputs = batch->inputs,
        .wanted = {batch->targets, batch->classes, batch->row_weights},
    };
    return glia__trainer_train(&net->trainer, &rows, loss);
}

glia_status glia_net_fit(glia_net *net, const glia_samples *training, const glia_samples *validation,
                         const char *options, glia_progress_fn *progress, void *user)
{
    if (net == NULL)
        return glia__fail_null("net");
    glia__fit fit = {
        .trainer = &net->trainer,
        .pool = net->scratch,
        .memory = &net->fit_memory,
        .history = &net->history,
        .training = training,
        .validation = validation,
        .progress = progress,
        .user = user,
    };
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_EXACT);
    glia_status status = glia__fit_options_read(&fit.options, options);
    glia__float_mode_leave(mode);
    if (status == GLIA_OK)
        status = check_training_samples(net, training, "training");
    if (status == GLIA_OK && validation != NULL)
        status = check_training_samples(net, validation, "validation");
    if (status == GLIA_OK)
        status = check_optimizer(net);
    return status != GLIA_OK ? status : glia__fit_run(&fit);
}

glia_status glia_net_adapt(glia_net *net, const glia_samples *samples)
{
    if (net == NULL)
        return glia__fail_null("net");
    glia_status status = glia__check_samples(&net->network, samples, "samples");
    if (status == GLIA_OK)
        status = glia__check_row_weights(samples->row_weights, samples->rows);
    if (status == GLIA_OK)
        status = glia__check_finite_inputs(&net->network, samples);
    if (status != GLIA_OK)
        return status;
    if (glia__sum_weights(samples->row_weights, samples->rows) == 0)
        return glia__fail(GLIA_ERR_ARGUMENT, "samples: all row weights are 0");
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_EXACT);
    status = glia__network_adapt(&net->network, samples);
    glia__float_mode_leave(mode);
    return status;
}

const double *glia_net_history(const glia_net *net, const char *metric, size_t *count)
{
    size_t length = 0;
    const double *values = NULL;
    if (net != NULL && metric != NULL)
        values = glia__history_find(&net->history, metric, &length);
    if (count != NULL)
        *count = length;
    return values;
}
