# SPDX-License-Identifier: MIT
# Two moons through Ruby's Fiddle.
require_relative 'glia'

PASSES = 2000

def check(status)
  raise Glia.glia_error_message.to_s unless status == Glia::GLIA_OK
end

# What a call hands over through its first argument.
def created
  place = Fiddle::Pointer.malloc(Fiddle::SIZEOF_VOIDP, Fiddle::RUBY_FREE)
  check(yield(place))
  place.ptr
end

def doubles(count)
  Fiddle::Pointer.malloc(count * Fiddle::SIZEOF_DOUBLE, Fiddle::RUBY_FREE)
end

def train(path, points)
  net = created { |place| Glia.glia_net_create(place, 'input 2, dense 3 tanh, dense 2 softmax', 3) }
  loss = doubles(1)
  check(Glia.glia_net_set_loss(net, 'cross_entropy l2=0.01 reduction=sum'))
  check(Glia.glia_net_set_optimizer(net, 'sgd learning_rate=0.01'))
  PASSES.times do
    check(Glia.glia_net_forward(net, points.inputs, points.rows, nil))
    check(Glia.glia_net_backward_classes(net, points.classes, nil, loss))
    check(Glia.glia_net_step(net))
  end
  puts format('loss %.17g', loss[0, Fiddle::SIZEOF_DOUBLE].unpack1('d'))
  check(Glia.glia_net_save(net, path))
  Glia.glia_net_destroy(net)
end

def use(path, points)
  net = created { |place| Glia.glia_net_load(place, path, nil) }
  accuracy = doubles(1)
  size = points.rows * 2 * Fiddle::SIZEOF_FLOAT
  probabilities = Fiddle::Pointer.malloc(size, Fiddle::RUBY_FREE)
  check(Glia.glia_net_evaluate(net, points, 'accuracy', accuracy))
  puts format('accuracy %.17g', accuracy[0, Fiddle::SIZEOF_DOUBLE].unpack1('d'))
  check(Glia.glia_net_predict(net, points.inputs, points.rows, probabilities))
  probabilities[0, size].unpack('f*').each_slice(2) { |row| puts format('row %.9g %.9g', *row) }
  Glia.glia_net_destroy(net)
end

Glia.layout.each { |name, place| puts "layout #{name} #{place}" }
puts "calls #{Glia::CALLS.size}"
puts "version #{Glia.glia_version}"
none = Fiddle::Pointer.malloc(Fiddle::SIZEOF_VOIDP, Fiddle::RUBY_FREE)
puts "refused #{Glia.glia_net_create(none, 'input 2, dense 3 tahn', 3)} #{Glia.glia_error_message}"

data = created { |place| Glia.glia_data_generate(place, 'moons rows=200 noise=0.2', 0) }
points = Glia::GliaSamples.malloc(Fiddle::RUBY_FREE)
points.struct_size = Glia::GliaSamples.size
check(Glia.glia_data_samples(data, points))
train('moons.glia', points)
use('moons.glia', points)
Glia.glia_data_destroy(data)
