! SPDX-License-Identifier: MIT
! Two moons in Fortran, through iso_c_binding.
program moons
  use glia
  implicit none

  integer, parameter :: passes = 2000
  type(c_ptr) :: data = c_null_ptr, none = c_null_ptr
  type(glia_samples) :: points
  integer(c_int32_t) :: status

  call glia_layout()
  print '(2a)', 'version ', string(glia_version())
  status = glia_net_create(none, text('input 2, dense 3 tahn'), 3_c_int64_t)
  print '(a,i0,2a)', 'refused ', status, ' ', string(glia_error_message())

  points%struct_size = c_sizeof(points)
  call check(glia_data_generate(data, text('moons rows=200 noise=0.2'), 0_c_int64_t))
  call check(glia_data_samples(data, points))
  call train('moons.glia')
  call apply('moons.glia')
  call glia_data_destroy(data)

contains

  subroutine train(path)
    character(*), intent(in) :: path
    real(c_float), pointer :: inputs(:, :)
    integer(c_int32_t), pointer :: classes(:)
    real(c_double) :: loss(1)
    type(c_ptr) :: net = c_null_ptr
    integer :: pass
    call c_f_pointer(points%inputs, inputs, [2_c_size_t, points%rows])
    call c_f_pointer(points%classes, classes, [points%rows])
    call check(glia_net_create(net, text('input 2, dense 3 tanh, dense 2 softmax'), 3_c_int64_t))
    call check(glia_net_set_loss(net, text('cross_entropy l2=0.01 reduction=sum')))
    call check(glia_net_set_optimizer(net, text('sgd learning_rate=0.01')))
    do pass = 1, passes
      call check(glia_net_forward(net, inputs, points%rows))
      call check(glia_net_backward_classes(net, classes, loss=loss))
      call check(glia_net_step(net))
    end do
    print '(a,es24.16e3)', 'loss ', loss
    call check(glia_net_save(net, text(path)))
    call glia_net_destroy(net)
  end subroutine

  subroutine apply(path)
    character(*), intent(in) :: path
    real(c_float), pointer :: inputs(:, :)
    real(c_float) :: probabilities(2, points%rows)
    real(c_double) :: accuracy(1)
    type(c_ptr) :: net = c_null_ptr
    integer :: row
    call c_f_pointer(points%inputs, inputs, [2_c_size_t, points%rows])
    call check(glia_net_load(net, text(path)))
    call check(glia_net_evaluate(net, points, text('accuracy'), accuracy))
    print '(a,es24.16e3)', 'accuracy ', accuracy
    call check(glia_net_predict(net, inputs, points%rows, probabilities))
    print '(a,2es16.8e3)', ('row ', probabilities(:, row), row = 1, int(points%rows))
    call glia_net_destroy(net)
  end subroutine

  subroutine check(status)
    integer(c_int32_t), intent(in) :: status
    if (status == GLIA_OK) return
    print '(a)', string(glia_error_message())
    error stop
  end subroutine

  !> A text as C has it.
  function text(characters)
    character(*), intent(in) :: characters
    character(kind=c_char) :: text(len(characters) + 1)
    text(:len(characters)) = transfer(characters, text)
    text(len(characters) + 1) = c_null_char
  end function

  !> A text of C.
  function string(begin)
    type(c_ptr), intent(in) :: begin
    character(:), allocatable :: string
    character(kind=c_char), pointer :: characters(:)
    integer :: length
    call c_f_pointer(begin, characters, [huge(1)])
    length = 0
    do while (characters(length + 1) /= c_null_char)
      length = length + 1
    end do
    string = repeat(' ', length)
    string = transfer(characters(:length), string)
  end function

end program
