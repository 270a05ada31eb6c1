// SPDX-License-Identifier: MIT

// Two moons in Go, through cgo and the C headers.
package main

/*
#include <stdlib.h>

#include <glia/io.h>
*/
import "C"

import (
	"fmt"
	"log"
	"unsafe"
)

const passes = 2000

func check(status C.glia_status) {
	if status != C.GLIA_OK {
		log.Fatal(C.GoString(C.glia_error_message()))
	}
}

// Hand a text to a call.
func with(text string, call func(*C.char) C.glia_status) C.glia_status {
	bytes := C.CString(text)
	defer C.free(unsafe.Pointer(bytes))
	return call(bytes)
}

func train(path string, points *C.glia_samples) {
	var net *C.glia_net
	var loss C.double
	check(with("input 2, dense 3 tanh, dense 2 softmax", func(text *C.char) C.glia_status {
		return C.glia_net_create(&net, text, 3)
	}))
	defer C.glia_net_destroy(net)
	check(with("cross_entropy l2=0.01 reduction=sum", func(text *C.char) C.glia_status {
		return C.glia_net_set_loss(net, text)
	}))
	check(with("sgd learning_rate=0.01", func(text *C.char) C.glia_status {
		return C.glia_net_set_optimizer(net, text)
	}))
	for pass := 0; pass < passes; pass++ {
		check(C.glia_net_forward(net, points.inputs, points.rows, nil))
		check(C.glia_net_backward_classes(net, points.classes, nil, &loss))
		check(C.glia_net_step(net))
	}
	fmt.Println("loss", float64(loss))
	check(with(path, func(text *C.char) C.glia_status {
		return C.glia_net_save(net, text)
	}))
}

func use(path string, points *C.glia_samples) {
	var net *C.glia_net
	var accuracy C.double
	probabilities := make([]float32, 2*points.rows)
	check(with(path, func(text *C.char) C.glia_status {
		return C.glia_net_load(&net, text, nil)
	}))
	defer C.glia_net_destroy(net)
	check(with("accuracy", func(text *C.char) C.glia_status {
		return C.glia_net_evaluate(net, points, text, &accuracy)
	}))
	fmt.Println("accuracy", float64(accuracy))
	check(C.glia_net_predict(net, points.inputs, points.rows, (*C.float)(&probabilities[0])))
	for row := 0; row < len(probabilities); row += 2 {
		fmt.Println("row", probabilities[row], probabilities[row+1])
	}
}

func main() {
	fmt.Println("version", C.GoString(C.glia_version()))
	status := with("input 2, dense 3 tahn", func(text *C.char) C.glia_status {
		var none *C.glia_net
		return C.glia_net_create(&none, text, 3)
	})
	fmt.Println("refused", status, C.GoString(C.glia_error_message()))

	var data *C.glia_data
	points := C.glia_samples{struct_size: C.sizeof_glia_samples}
	check(with("moons rows=200 noise=0.2", func(text *C.char) C.glia_status {
		return C.glia_data_generate(&data, text, 0)
	}))
	defer C.glia_data_destroy(data)
	check(C.glia_data_samples(data, &points))
	train("moons.glia", &points)
	use("moons.glia", &points)
}
