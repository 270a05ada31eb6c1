// SPDX-License-Identifier: MIT
// Two moons through Node.js and koffi.
'use strict'
const glia = require('./glia')
const {koffi, calls} = glia

const PASSES = 2000

function check(status) {
  if (status !== glia.GLIA_OK) throw new Error(calls.glia_error_message())
}

// What a call hands over through its first argument.
function created(call, ...args) {
  const place = [null]
  check(call(place, ...args))
  return place[0]
}

function train(path, points) {
  const net = created(calls.glia_net_create, 'input 2, dense 3 tanh, dense 2 softmax', 3)
  const loss = [0]
  check(calls.glia_net_set_loss(net, 'cross_entropy l2=0.01 reduction=sum'))
  check(calls.glia_net_set_optimizer(net, 'sgd learning_rate=0.01'))
  for (let pass = 0; pass < PASSES; pass++) {
    check(calls.glia_net_forward(net, points.inputs, points.rows, null))
    check(calls.glia_net_backward_classes(net, points.classes, null, loss))
    check(calls.glia_net_step(net))
  }
  console.log('loss', loss[0])
  check(calls.glia_net_save(net, path))
  calls.glia_net_destroy(net)
}

function use(path, points) {
  const net = created(calls.glia_net_load, path, null)
  const accuracy = [0]
  const probabilities = new Float32Array(2 * points.rows)
  check(calls.glia_net_evaluate(net, points, 'accuracy', accuracy))
  console.log('accuracy', accuracy[0])
  check(calls.glia_net_predict(net, points.inputs, points.rows, probabilities))
  for (let row = 0; row < points.rows; row++) console.log('row', probabilities[2 * row], probabilities[2 * row + 1])
  calls.glia_net_destroy(net)
}

for (const [name, fields] of Object.entries(glia.fields)) {
  console.log('layout', name, koffi.sizeof(name))
  for (const field of Object.keys(fields)) console.log('layout', `${name}.${field}`, koffi.offsetof(name, field))
}
console.log('calls', Object.keys(calls).length)
console.log('version', calls.glia_version())
console.log('refused', calls.glia_net_create([null], 'input 2, dense 3 tahn', 3), calls.glia_error_message())

const data = created(calls.glia_data_generate, 'moons rows=200 noise=0.2', 0)
const points = {struct_size: koffi.sizeof('glia_samples')}
check(calls.glia_data_samples(data, points))
train('moons.glia', points)
use('moons.glia', points)
calls.glia_data_destroy(data)
