// SPDX-License-Identifier: MIT
// oneDNN's primitives (Debian: libdnnl-dev): a training step of 1024-2048-2048-1000 and predictions.
// Settings: job=wide, predict or memory; threads=1.
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

#include <dnnl.hpp>
#include <omp.h>

#include "bench.h"

using dnnl::memory;
using dims = memory::dims;

static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
static dnnl::stream stream(engine);

// A primitive and its arrays.
struct Operation {
    dnnl::primitive primitive;
    std::unordered_map<int, memory> arrays;
};

static void run(const std::vector<Operation> &operations)
{
    for (const Operation &operation : operations)
        operation.primitive.execute(stream, operation.arrays);
    stream.wait();
}

static memory::desc rows_of(const dims &shape)
{
    return {shape, memory::data_type::f32, shape.size() == 1 ? memory::format_tag::a : memory::format_tag::ab};
}

// Laid out as the primitive likes it best.
static memory::desc any_order(const dims &shape)
{
    return {shape, memory::data_type::f32, memory::format_tag::any};
}

static float *values_of(const memory &array)
{
    return static_cast<float *>(array.get_data_handle());
}

static size_t count_of(const memory &array)
{
    return array.get_desc().get_size() / sizeof(float);
}

static memory random_array(const memory::desc &description, float scale)
{
    memory array(description, engine);
    for (size_t i = 0; i < count_of(array); i++)
        values_of(array)[i] = scale * bench_random();
    return array;
}

struct Layer {
    memory weight, bias, x, z, y, d_weight;
};

// A network's training step, primitive by primitive.
class Wide
{
  public:
    static constexpr long rows = 256;

    Wide()
    {
        memory x = random_array(rows_of({rows, widths[0]}), 1);
        for (int i = 0; i < 3; i++) {
            add_forward(i, x);
            x = layers[i].y;
        }
        memory d_z = layers[2].y; // less the wanted output, which costs next to nothing
        for (int i = 2; i >= 0; i--) {
            add_weight_gradient(i, d_z);
            if (i > 0)
                d_z = add_input_gradient(i, d_z);
        }
    }

    void step(int threads)
    {
        run(operations);
        for (int i = 0; i < 3; i++) {
            float *weight = values_of(layers[i].weight), *momentum = momenta[i].data();
            const float *gradient = values_of(layers[i].d_weight);
            const long count = static_cast<long>(momenta[i].size());
#pragma omp parallel for simd num_threads(threads)
            for (long k = 0; k < count; k++) {
                momentum[k] = 0.9F * momentum[k] + 1e-9F * gradient[k];
                weight[k] -= momentum[k];
            }
        }
    }

  private:
    static constexpr long widths[4] = {1024, 2048, 2048, 1000};
    std::vector<Layer> layers{3};
    std::vector<std::vector<float>> momenta{3};
    std::vector<Operation> operations;

    dnnl::inner_product_forward::primitive_desc forward_of(int i, const memory::desc &weight) const
    {
        return {{dnnl::prop_kind::forward_training, rows_of({rows, widths[i]}), weight, rows_of({widths[i + 1]}),
                 rows_of({rows, widths[i + 1]})},
                engine};
    }

    dnnl::eltwise_forward::primitive_desc relu_of(const memory &z) const
    {
        return {{dnnl::prop_kind::forward_training, dnnl::algorithm::eltwise_relu, z.get_desc(), 0, 0}, engine};
    }

    void add_forward(int i, const memory &x)
    {
        Layer &layer = layers[i];
        const auto dense = forward_of(i, any_order({widths[i + 1], widths[i]}));
        layer = {random_array(dense.weights_desc(), 0.03F), random_array(dense.bias_desc(), 0.01F), x,
                 memory(dense.dst_desc(), engine),          memory(dense.dst_desc(), engine),       memory()};
        momenta[i].resize(count_of(layer.weight));
        operations.push_back({dnnl::inner_product_forward(dense),
                              {{DNNL_ARG_SRC, x},
                               {DNNL_ARG_WEIGHTS, layer.weight},
                               {DNNL_ARG_BIAS, layer.bias},
                               {DNNL_ARG_DST, layer.z}}});
        const std::unordered_map<int, memory> arrays = {{DNNL_ARG_SRC, layer.z}, {DNNL_ARG_DST, layer.y}};
        if (i < 2)
            operations.push_back({dnnl::eltwise_forward(relu_of(layer.z)), arrays});
        else
            operations.push_back(
                {dnnl::softmax_forward({{dnnl::prop_kind::forward_training, layer.z.get_desc(), 1}, engine}), arrays});
    }

    // The array in the order that is wanted, after an operation that puts it there if need be.
    memory ordered(const memory &array, const memory::desc &wanted)
    {
        if (array.get_desc() == wanted)
            return array;
        memory copy(wanted, engine);
        operations.push_back({dnnl::reorder(array, copy), {{DNNL_ARG_FROM, array}, {DNNL_ARG_TO, copy}}});
        return copy;
    }

    void add_weight_gradient(int i, const memory &d_z)
    {
        Layer &layer = layers[i];
        const dnnl::inner_product_backward_weights::primitive_desc dense(
            {layer.x.get_desc(), any_order({widths[i + 1], widths[i]}), layer.bias.get_desc(), d_z.get_desc()}, engine,
            forward_of(i, layer.weight.get_desc()));
        const memory d_weight(dense.diff_weights_desc(), engine), d_bias(layer.bias.get_desc(), engine);
        operations.push_back({dnnl::inner_product_backward_weights(dense),
                              {{DNNL_ARG_SRC, layer.x},
                               {DNNL_ARG_DIFF_DST, d_z},
                               {DNNL_ARG_DIFF_WEIGHTS, d_weight},
                               {DNNL_ARG_DIFF_BIAS, d_bias}}});
        layer.d_weight = ordered(d_weight, layer.weight.get_desc());
    }

    // The gradient of the layer below before its relu.
    memory add_input_gradient(int i, const memory &d_z)
    {
        const Layer &layer = layers[i], &below = layers[i - 1];
        const dnnl::inner_product_backward_data::primitive_desc dense(
            {rows_of({rows, widths[i]}), any_order({widths[i + 1], widths[i]}), d_z.get_desc()}, engine,
            forward_of(i, layer.weight.get_desc()));
        const memory weight = ordered(layer.weight, dense.weights_desc()), d_x(dense.diff_src_desc(), engine);
        operations.push_back({dnnl::inner_product_backward_data(dense),
                              {{DNNL_ARG_DIFF_DST, d_z}, {DNNL_ARG_WEIGHTS, weight}, {DNNL_ARG_DIFF_SRC, d_x}}});
        const dnnl::eltwise_backward::primitive_desc relu(
            {dnnl::algorithm::eltwise_relu, d_x.get_desc(), below.z.get_desc(), 0, 0}, engine, relu_of(below.z));
        const memory d_below(d_x.get_desc(), engine);
        operations.push_back({dnnl::eltwise_backward(relu),
                              {{DNNL_ARG_SRC, below.z}, {DNNL_ARG_DIFF_DST, d_x}, {DNNL_ARG_DIFF_SRC, d_below}}});
        return d_below;
    }
};

constexpr long Wide::widths[4];

static void measure_wide(int threads)
{
    constexpr int steps = 10, left_out = 2;
    Wide wide;
    double seconds[steps];
    for (double &second : seconds) {
        const double begin = bench_seconds();
        wide.step(threads);
        second = bench_seconds() - begin;
    }
    bench_report_rate(Wide::rows, bench_time_of(seconds + left_out, steps - left_out), "batch 256");
}

struct Prediction {
    std::vector<Operation> operations;
    memory x, y;
};

static Prediction make_prediction(const long (&widths)[3], long rows)
{
    Prediction made;
    memory x = made.x = random_array(rows_of({rows, widths[0]}), 1);
    for (int i = 0; i < 2; i++) {
        dnnl::primitive_attr attributes;
        dnnl::post_ops after;
        if (i == 0)
            after.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        attributes.set_post_ops(after);
        const dnnl::inner_product_forward::primitive_desc dense(
            {dnnl::prop_kind::forward_inference, x.get_desc(), any_order({widths[i + 1], widths[i]}),
             rows_of({widths[i + 1]}), rows_of({rows, widths[i + 1]})},
            attributes, engine);
        memory y(dense.dst_desc(), engine);
        made.operations.push_back({dnnl::inner_product_forward(dense),
                                   {{DNNL_ARG_SRC, x},
                                    {DNNL_ARG_WEIGHTS, random_array(dense.weights_desc(), 0.1F)},
                                    {DNNL_ARG_BIAS, random_array(dense.bias_desc(), 0.1F)},
                                    {DNNL_ARG_DST, y}}});
        x = y;
    }
    made.y = memory(x.get_desc(), engine);
    made.operations.push_back({dnnl::softmax_forward({{dnnl::prop_kind::forward_inference, x.get_desc(), 1}, engine}),
                               {{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, made.y}}});
    return made;
}

static void predict(void *context)
{
    run(static_cast<Prediction *>(context)->operations);
}

static void predict_from_last(void *context)
{
    predict(context);
    const Prediction *made = static_cast<Prediction *>(context);
    std::memcpy(values_of(made->x), values_of(made->y), made->y.get_desc().get_size());
}

static void measure_predictions(const long (&widths)[3])
{
    const std::string name =
        std::to_string(widths[0]) + "-" + std::to_string(widths[1]) + "-" + std::to_string(widths[2]);
    Prediction one = make_prediction(widths, 1), many = make_prediction(widths, 256);
    bench_report_time(1e9, bench_call_time(predict, &one), "%s by 1", name.c_str());
    bench_report_time(1e9 / 256, bench_call_time(predict, &many), "%s by 256", name.c_str());
    bench_report_time(1e9, bench_call_time(predict_from_last, &one), "%s chained", name.c_str());
}

int main(int, char **argv)
{
    const int threads = static_cast<int>(bench_number(argv, "threads", 1));
    const std::string job = bench_word(argv, "job", "predict");
    omp_set_num_threads(threads);
    if (job == "wide") {
        measure_wide(threads);
    } else if (job == "memory") {
        run(make_prediction({784, 128, 10}, 1).operations);
        bench_report_memory();
    } else {
        measure_predictions({2, 3, 2});
        measure_predictions({64, 64, 10});
        measure_predictions({784, 128, 10});
    }
    return 0;
}
