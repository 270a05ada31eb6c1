-- SPDX-License-Identifier: MIT
-- Two moons through the FFI of LuaJIT.
local ffi = require 'ffi'
local glia = require 'glia'
local lib, io_lib = glia.lib, glia.io

local PASSES = 2000

local function check(status)
  if status ~= lib.GLIA_OK then
    error(ffi.string(lib.glia_error_message()))
  end
end

-- What a call hands over belongs to the collector; `create` takes its place as the first argument.
local function owned(kind, destroy, create, ...)
  local handle = ffi.new(kind .. ' *[1]')
  check(create(handle, ...))
  return ffi.gc(handle[0], destroy)
end

local function train(path, points)
  local net = owned('glia_net', lib.glia_net_destroy, lib.glia_net_create, 'input 2, dense 3 tanh, dense 2 softmax', 3)
  local loss = ffi.new 'double[1]'
  check(lib.glia_net_set_loss(net, 'cross_entropy l2=0.01 reduction=sum'))
  check(lib.glia_net_set_optimizer(net, 'sgd learning_rate=0.01'))
  for _ = 1, PASSES do
    check(lib.glia_net_forward(net, points.inputs, points.rows, nil))
    check(lib.glia_net_backward_classes(net, points.classes, nil, loss))
    check(lib.glia_net_step(net))
  end
  print(('loss %.17g'):format(loss[0]))
  check(lib.glia_net_save(net, path))
end

local function use(path, points)
  local net = owned('glia_net', lib.glia_net_destroy, lib.glia_net_load, path, nil)
  local rows = tonumber(points.rows)
  local accuracy, probabilities = ffi.new 'double[1]', ffi.new('float[?]', 2 * rows)
  check(lib.glia_net_evaluate(net, points, 'accuracy', accuracy))
  print(('accuracy %.17g'):format(accuracy[0]))
  check(lib.glia_net_predict(net, points.inputs, rows, probabilities))
  for row = 0, rows - 1 do
    print(('row %.9g %.9g'):format(probabilities[2 * row], probabilities[2 * row + 1]))
  end
end

for _, struct in ipairs(glia.structs) do
  local name = struct[1]
  print('layout', name, ffi.sizeof(name))
  for i = 2, #struct do
    print('layout', name .. '.' .. struct[i], (ffi.offsetof(name, struct[i])))
  end
end
for _, call in ipairs(glia.calls) do
  assert((call[2] == 'glia' and lib or io_lib)[call[1]])
end
print('calls', #glia.calls)
print('version', ffi.string(lib.glia_version()))
print('refused', lib.glia_net_create(ffi.new 'glia_net *[1]', 'input 2, dense 3 tahn', 3),
  ffi.string(lib.glia_error_message()))

local data = owned('glia_data', io_lib.glia_data_destroy, io_lib.glia_data_generate, 'moons rows=200 noise=0.2', 0)
local points = ffi.new('glia_samples', {struct_size = ffi.sizeof 'glia_samples'})
check(io_lib.glia_data_samples(data, points))
train('moons.glia', points)
use('moons.glia', points)
