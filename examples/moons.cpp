/* SPDX-License-Identifier: MIT */
/*
 * Two moons in C++17: handles that free themselves, failures that are exceptions, numbers in vectors. The network is
 * trained, saved, loaded and used; what it makes of each point goes to standard output.
 *
 *     c++ -std=c++17 moons.cpp -lglia-io -lglia
 */
#include <cstdlib>
#include <exception>
#include <iomanip>
#include <iostream>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <glia/glia.h>
#include <glia/io.h>

namespace
{

struct Destroy {
    void operator()(glia_net *net) const
    {
        glia_net_destroy(net);
    }
    void operator()(glia_data *data) const
    {
        glia_data_destroy(data);
    }
};

using Net = std::unique_ptr<glia_net, Destroy>;
using Data = std::unique_ptr<glia_data, Destroy>;

class Error : public std::runtime_error
{
  public:
    explicit Error(glia_status status) : std::runtime_error(glia_error_message()), status(status)
    {
    }
    const glia_status status;
};

void check(glia_status status)
{
    if (status != GLIA_OK)
        throw Error(status);
}

/* What a call hands over through its first argument. */
template <typename Owner, typename... Parameters, typename... Arguments>
Owner make(glia_status (*call)(typename Owner::pointer *, Parameters...), Arguments... arguments)
{
    typename Owner::pointer handle = nullptr;
    check(call(&handle, arguments...));
    return Owner(handle);
}

Net train(const glia_samples &points)
{
    constexpr int passes = 2000;
    Net net = make<Net>(glia_net_create, "input 2, dense 3 tanh, dense 2 softmax", 3);
    check(glia_net_set_loss(net.get(), "cross_entropy l2=0.01 reduction=sum"));
    check(glia_net_set_optimizer(net.get(), "sgd learning_rate=0.01"));
    double loss = 0;
    for (int pass = 0; pass < passes; pass++) {
        check(glia_net_forward(net.get(), points.inputs, points.rows, nullptr));
        check(glia_net_backward_classes(net.get(), points.classes, nullptr, &loss));
        check(glia_net_step(net.get()));
    }
    std::cout << "loss " << std::setprecision(std::numeric_limits<double>::max_digits10) << loss << '\n';
    return net;
}

void use(const glia_net *net, const glia_samples &points)
{
    double accuracy = 0;
    check(glia_net_evaluate(net, &points, "accuracy", &accuracy));
    std::cout << "accuracy " << accuracy << '\n';

    std::vector<float> probabilities(points.rows * glia_net_output_size(net));
    check(glia_net_predict(net, points.inputs, points.rows, probabilities.data()));
    std::cout << std::setprecision(std::numeric_limits<float>::max_digits10);
    for (std::size_t row = 0; row < points.rows; row++)
        std::cout << "row " << probabilities[2 * row] << ' ' << probabilities[2 * row + 1] << '\n';
}

/* A text that glia does not understand ends in an exception that says where and why. */
void misspell()
{
    try {
        make<Net>(glia_net_create, "input 2, dense 3 tahn", 3);
    } catch (const Error &error) {
        std::cout << "refused " << error.status << ' ' << error.what() << '\n';
    }
}

void run()
{
    std::cout << "version " << glia_version() << '\n';
    misspell();
    Data data = make<Data>(glia_data_generate, "moons rows=200 noise=0.2", 0);
    glia_samples points{};
    points.struct_size = sizeof points;
    check(glia_data_samples(data.get(), &points));
    check(glia_net_save(train(points).get(), "moons.glia"));
    use(make<Net>(glia_net_load, "moons.glia", nullptr).get(), points);
}

} // namespace

int main()
{
    try {
        run();
    } catch (const std::exception &error) {
        std::cerr << "moons: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
