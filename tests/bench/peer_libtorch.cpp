// SPDX-License-Identifier: MIT
// libtorch (Debian: libtorch-dev), the C++ library of PyTorch.
// Settings: job=tutorial, xor, fashion, accuracy, wide, predict or memory; threads=1, batch=128, epochs=4, seed=1.
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "bench.h"
#include "bench_data.h"

namespace nn = torch::nn;
namespace optim = torch::optim;
using torch::Tensor;

struct Settings {
    char **words;

    long number(const char *name, size_t otherwise) const
    {
        return static_cast<long>(bench_number(words, name, otherwise));
    }
};

static void train_step(nn::Sequential &net, optim::Optimizer &optimizer, const Tensor &inputs, const Tensor &classes)
{
    optimizer.zero_grad();
    torch::cross_entropy_loss(net->forward(inputs), classes).backward();
    optimizer.step();
}

struct Tutorial {
    nn::Sequential net{nn::Linear(2, 3), nn::Tanh(), nn::Linear(3, 2)};
    std::unique_ptr<optim::SGD> optimizer;
    Tensor inputs, classes;

    Tutorial()
    {
        const bench_data moons = bench_moons();
        inputs = torch::from_blob(const_cast<float *>(moons.inputs), {200, 2}).clone();
        classes = torch::from_blob(const_cast<int32_t *>(moons.classes), {200}, torch::kInt).to(torch::kLong);
        std::vector<Tensor> weights, biases;
        for (const Tensor &parameter : net->parameters())
            (parameter.dim() == 2 ? weights : biases).push_back(parameter);
        const auto decaying = optim::SGDOptions(0.01).weight_decay(0.01), plain = optim::SGDOptions(0.01);
        std::vector<optim::OptimizerParamGroup> groups;
        groups.emplace_back(weights, std::make_unique<optim::SGDOptions>(decaying));
        groups.emplace_back(biases, std::make_unique<optim::SGDOptions>(plain));
        optimizer = std::make_unique<optim::SGD>(groups, plain);
    }

    void pass()
    {
        optimizer->zero_grad();
        const auto summed = nn::functional::CrossEntropyFuncOptions().reduction(torch::kSum);
        nn::functional::cross_entropy(net->forward(inputs), classes, summed).backward();
        optimizer->step();
    }
};

static void run_tutorial(const Settings &)
{
    Tutorial tutorial;
    bench_call *pass = [](void *context) { static_cast<Tutorial *>(context)->pass(); };
    bench_report_time(1e6, bench_call_time(pass, &tutorial), "pass");
}

struct Xor {
    nn::Sequential net{nn::Linear(2, 8), nn::Sigmoid(), nn::Linear(8, 1), nn::Sigmoid()};
    optim::SGD optimizer{net->parameters(), 0.35};
    std::vector<Tensor> inputs, targets;

    Xor()
    {
        const float points[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, wanted[4] = {0, 1, 1, 0};
        for (int i = 0; i < 4; i++) {
            inputs.push_back(torch::from_blob(const_cast<float *>(points[i]), {1, 2}).clone());
            targets.push_back(torch::full({1, 1}, wanted[i]));
        }
    }

    void four_steps()
    {
        for (int i = 0; i < 4; i++) {
            optimizer.zero_grad();
            torch::mse_loss(net->forward(inputs[i]), targets[i]).backward();
            optimizer.step();
        }
    }
};

static void run_xor(const Settings &)
{
    Xor job;
    bench_call *steps = [](void *context) { static_cast<Xor *>(context)->four_steps(); };
    bench_report_rate(4, bench_call_time(steps, &job), "steps");
}

struct Pictures {
    Tensor inputs, classes;

    explicit Pictures(const char *part)
    {
        const bench_data data = bench_fashion(part);
        const long rows = static_cast<long>(data.rows), columns = static_cast<long>(data.columns);
        inputs = torch::from_blob(const_cast<float *>(data.inputs), {rows, columns});
        classes = torch::from_blob(const_cast<int32_t *>(data.classes), {rows}, torch::kInt).to(torch::kLong);
    }
};

struct Fashion {
    nn::Sequential net{nn::Linear(784, 128), nn::ReLU(), nn::Linear(128, 10)};
    optim::Adam optimizer{net->parameters(), optim::AdamOptions(0.001)};
    Pictures training{"train"};

    // Seconds; rows that fill no batch are left out.
    double train_epoch(long batch)
    {
        const double begin = bench_seconds();
        const Tensor order = torch::randperm(training.inputs.size(0), torch::kLong);
        for (long i = 0; i + batch <= order.size(0); i += batch) {
            const Tensor rows = order.narrow(0, i, batch);
            train_step(net, optimizer, training.inputs.index_select(0, rows), training.classes.index_select(0, rows));
        }
        return bench_seconds() - begin;
    }
};

static void run_fashion(const Settings &settings)
{
    const long batch = settings.number("batch", 128), epochs = settings.number("epochs", 4);
    Fashion job;
    std::vector<double> seconds;
    for (long i = 0; i < epochs; i++)
        seconds.push_back(job.train_epoch(batch));
    const long rows = job.training.inputs.size(0) / batch * batch;
    bench_report_rate(rows, bench_time_of(seconds.data() + 1, seconds.size() - 1), "batch %ld", batch);
}

static void run_accuracy(const Settings &)
{
    constexpr int most_epochs = 20;
    Fashion job;
    const Pictures test("t10k");
    double seconds = 0;
    for (int i = 0; i < most_epochs; i++) {
        seconds += job.train_epoch(128);
        torch::NoGradGuard guard;
        const Tensor right = job.net->forward(test.inputs).argmax(1).eq(test.classes);
        if (right.sum().item<long>() >= 8700) {
            bench_report(seconds, "87 %% right");
            return;
        }
    }
    bench_fail("87 of 100 are not right after %d epochs", most_epochs);
}

static void run_wide(const Settings &)
{
    constexpr int steps = 10, left_out = 2;
    nn::Sequential net(nn::Linear(1024, 2048), nn::ReLU(), nn::Linear(2048, 2048), nn::ReLU(), nn::Linear(2048, 1000));
    optim::SGD optimizer(net->parameters(), optim::SGDOptions(0.01).momentum(0.9));
    const Tensor inputs = torch::randn({256, 1024}), classes = torch::randint(1000, {256}, torch::kLong);
    double seconds[steps];
    for (double &second : seconds) {
        const double begin = bench_seconds();
        train_step(net, optimizer, inputs, classes);
        second = bench_seconds() - begin;
    }
    bench_report_rate(256, bench_time_of(seconds + left_out, steps - left_out), "batch 256");
}

struct Prediction {
    nn::Sequential net;
    Tensor input;

    void run()
    {
        net->forward(input);
    }

    void run_from_last()
    {
        const Tensor output = net->forward(input);
        std::memcpy(input.data_ptr<float>(), output.data_ptr<float>(), output.numel() * sizeof(float));
    }
};

static Prediction make_prediction(long inputs, long hidden, long outputs, long rows)
{
    return {nn::Sequential(nn::Linear(inputs, hidden), nn::ReLU(), nn::Linear(hidden, outputs), nn::Softmax(1)),
            torch::rand({rows, inputs})};
}

static void measure_predictions(long inputs, long hidden, long outputs)
{
    torch::InferenceMode mode;
    Prediction one = make_prediction(inputs, hidden, outputs, 1), many = make_prediction(inputs, hidden, outputs, 256);
    bench_call *run = [](void *context) { static_cast<Prediction *>(context)->run(); };
    bench_call *run_from_last = [](void *context) { static_cast<Prediction *>(context)->run_from_last(); };
    bench_report_time(1e9, bench_call_time(run, &one), "%ld-%ld-%ld by 1", inputs, hidden, outputs);
    bench_report_time(1e9 / 256, bench_call_time(run, &many), "%ld-%ld-%ld by 256", inputs, hidden, outputs);
    bench_report_time(1e9, bench_call_time(run_from_last, &one), "%ld-%ld-%ld chained", inputs, hidden, outputs);
}

static void run_predict(const Settings &)
{
    measure_predictions(2, 3, 2);
    measure_predictions(64, 64, 10);
    measure_predictions(784, 128, 10);
}

static void run_memory(const Settings &)
{
    torch::InferenceMode mode;
    make_prediction(784, 128, 10, 1).run();
    bench_report_memory();
}

int main(int, char **argv)
{
    const std::map<std::string, void (*)(const Settings &)> jobs = {
        {"tutorial", run_tutorial}, {"xor", run_xor},         {"fashion", run_fashion}, {"accuracy", run_accuracy},
        {"wide", run_wide},         {"predict", run_predict}, {"memory", run_memory},
    };
    const Settings settings{argv};
    torch::set_num_threads(static_cast<int>(settings.number("threads", 1)));
    torch::manual_seed(settings.number("seed", 1));
    const auto job = jobs.find(bench_word(argv, "job", ""));
    if (job != jobs.end())
        job->second(settings);
    return 0;
}
