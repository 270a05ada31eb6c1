// SPDX-License-Identifier: MIT
// dlib's networks (Debian: libdlib-dev) on Fashion-MNIST.
// Settings: job=fashion or accuracy; batch=128, epochs=4, seed=1.
#include <string>
#include <vector>

#include <dlib/dnn.h>

#include "bench.h"
#include "bench_data.h"

using Picture = dlib::matrix<float>;
using Network = dlib::loss_multiclass_log<dlib::fc<10, dlib::relu<dlib::fc<128, dlib::input<Picture>>>>>;

struct Pictures {
    std::vector<Picture> pictures;
    std::vector<unsigned long> classes;

    explicit Pictures(const char *part)
    {
        const bench_data data = bench_fashion(part);
        for (size_t i = 0; i < data.rows; i++) {
            pictures.emplace_back(dlib::mat(data.inputs + i * data.columns, 28, 28));
            classes.push_back(static_cast<unsigned long>(data.classes[i]));
        }
    }
};

class Fashion
{
  public:
    explicit Fashion(size_t batch) : pictures(batch), classes(batch), order(bench_order(training.pictures.size()))
    {
        trainer.set_learning_rate(0.001);
        trainer.set_iterations_without_progress_threshold(1UL << 30);
        trainer.set_mini_batch_size(batch);
    }

    size_t trained_rows() const
    {
        return training.pictures.size() / pictures.size() * pictures.size();
    }

    // Seconds; rows that fill no batch are left out.
    double train_epoch()
    {
        const double begin = bench_seconds();
        bench_shuffle(order, training.pictures.size());
        for (size_t done = 0; done < trained_rows(); done += pictures.size()) {
            for (size_t i = 0; i < pictures.size(); i++) {
                pictures[i] = training.pictures[order[done + i]];
                classes[i] = training.classes[order[done + i]];
            }
            trainer.train_one_step(pictures, classes);
        }
        trainer.get_net(dlib::force_flush_to_disk::no);
        return bench_seconds() - begin;
    }

    size_t count_right(const Pictures &test)
    {
        const auto answers = trainer.get_net(dlib::force_flush_to_disk::no)(test.pictures, 500);
        size_t right = 0;
        for (size_t i = 0; i < answers.size(); i++)
            right += answers[i] == test.classes[i];
        return right;
    }

  private:
    Pictures training{"train"};
    Network net;
    dlib::dnn_trainer<Network, dlib::adam> trainer{net, dlib::adam(0, 0.9, 0.999)};
    std::vector<Picture> pictures;
    std::vector<unsigned long> classes;
    size_t *order;
};

static void measure_rate(Fashion &job, size_t batch, size_t epochs)
{
    std::vector<double> seconds;
    for (size_t i = 0; i < epochs; i++)
        seconds.push_back(job.train_epoch());
    bench_report_rate(job.trained_rows(), bench_time_of(seconds.data() + 1, epochs - 1), "batch %zu", batch);
}

static void measure_accuracy(Fashion &job)
{
    constexpr int most_epochs = 20;
    const Pictures test("t10k");
    double seconds = 0;
    for (int i = 0; i < most_epochs; i++) {
        seconds += job.train_epoch();
        if (100 * job.count_right(test) >= 87 * test.classes.size()) {
            bench_report(seconds, "87 %% right");
            return;
        }
    }
    bench_fail("87 of 100 are not right after %d epochs", most_epochs);
}

int main(int, char **argv)
{
    const size_t batch = bench_number(argv, "batch", 128);
    bench_seed(bench_number(argv, "seed", 1));
    Fashion job(batch);
    if (std::string(bench_word(argv, "job", "fashion")) == "accuracy")
        measure_accuracy(job);
    else
        measure_rate(job, batch, bench_number(argv, "epochs", 4));
    return 0;
}
