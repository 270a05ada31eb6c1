// SPDX-License-Identifier: MIT
// Two moons in Rust, without crates: a handle that is dropped, failures as Err.
mod glia;

use glia::*;
use std::ffi::{CStr, CString};
use std::ptr::{null, null_mut};

const PASSES: usize = 2000;

type Result<T> = std::result::Result<T, String>;

fn message() -> String {
    unsafe { CStr::from_ptr(glia_error_message()) }.to_string_lossy().into_owned()
}

fn check(status: glia_status) -> Result<()> {
    if status == GLIA_OK {
        Ok(())
    } else {
        Err(message())
    }
}

fn text(text: &str) -> CString {
    CString::new(text).expect("no zero in a text of ours")
}

struct Net(*mut glia_net);

impl Net {
    fn create(architecture: &str, seed: u64) -> Result<Net> {
        let mut net = null_mut();
        check(unsafe { glia_net_create(&mut net, text(architecture).as_ptr(), seed) })?;
        Ok(Net(net))
    }

    fn load(path: &str) -> Result<Net> {
        let mut net = null_mut();
        check(unsafe { glia_net_load(&mut net, text(path).as_ptr(), null()) })?;
        Ok(Net(net))
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        unsafe { glia_net_destroy(self.0) }
    }
}

fn train(path: &str, points: &glia_samples) -> Result<()> {
    let net = Net::create("input 2, dense 3 tanh, dense 2 softmax", 3)?;
    let mut loss = 0.0;
    check(unsafe { glia_net_set_loss(net.0, text("cross_entropy l2=0.01 reduction=sum").as_ptr()) })?;
    check(unsafe { glia_net_set_optimizer(net.0, text("sgd learning_rate=0.01").as_ptr()) })?;
    for _ in 0..PASSES {
        check(unsafe { glia_net_forward(net.0, points.inputs, points.rows, null_mut()) })?;
        check(unsafe { glia_net_backward_classes(net.0, points.classes, null(), &mut loss) })?;
        check(unsafe { glia_net_step(net.0) })?;
    }
    println!("loss {}", loss);
    check(unsafe { glia_net_save(net.0, text(path).as_ptr()) })
}

fn apply(path: &str, points: &glia_samples) -> Result<()> {
    let net = Net::load(path)?;
    let mut accuracy = 0.0;
    let mut probabilities = vec![0f32; 2 * points.rows];
    check(unsafe { glia_net_evaluate(net.0, points, text("accuracy").as_ptr(), &mut accuracy) })?;
    println!("accuracy {}", accuracy);
    check(unsafe { glia_net_predict(net.0, points.inputs, points.rows, probabilities.as_mut_ptr()) })?;
    for row in probabilities.chunks(2) {
        println!("row {} {}", row[0], row[1]);
    }
    Ok(())
}

fn main() -> Result<()> {
    for (name, place) in layout() {
        println!("layout {} {}", name, place);
    }
    println!("calls {}", calls().len());
    println!("version {}", unsafe { CStr::from_ptr(glia_version()) }.to_string_lossy());
    let status = unsafe { glia_net_create(&mut null_mut(), text("input 2, dense 3 tahn").as_ptr(), 3) };
    println!("refused {} {}", status, message());

    let mut data = null_mut();
    let mut points: glia_samples = unsafe { std::mem::zeroed() };
    points.struct_size = std::mem::size_of::<glia_samples>();
    check(unsafe { glia_data_generate(&mut data, text("moons rows=200 noise=0.2").as_ptr(), 0) })?;
    check(unsafe { glia_data_samples(data, &mut points) })?;
    train("moons.glia", &points)?;
    apply("moons.glia", &points)?;
    unsafe { glia_data_destroy(data) };
    Ok(())
}
