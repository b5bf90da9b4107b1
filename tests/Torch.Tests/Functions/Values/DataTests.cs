using System.Numerics;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

/// <summary>Managed arrays to tensors and back.</summary>
public sealed class DataTests : TensorTests
{
    private static readonly Array[] s_arrays =
    [
        new[] { 1.5f, -2 }, new[] { 1.5, -2 }, new[] { 1L << 40, -2 }, new[] { 7, -2 }, new byte[] { 0, 255 }, new[] { true, false },
    ];

    [Test]
    public void Arrays_of_every_type_come_back()
    {
        Assert.That(tensor((float[])s_arrays[0]).data<float>(), Is.EqualTo(s_arrays[0]));
        Assert.That(tensor((double[])s_arrays[1]).data<double>(), Is.EqualTo(s_arrays[1]));
        Assert.That(tensor((long[])s_arrays[2]).data<long>(), Is.EqualTo(s_arrays[2]));
        Assert.That(tensor((int[])s_arrays[3]).data<int>(), Is.EqualTo(s_arrays[3]));
        Assert.That(tensor((byte[])s_arrays[4]).data<byte>(), Is.EqualTo(s_arrays[4]));
        Assert.That(tensor((bool[])s_arrays[5]).data<bool>(), Is.EqualTo(s_arrays[5]));
    }

    [Test]
    public void Their_dtypes_are_those_of_the_elements() =>
        Assert.That(s_arrays.Select(a => from_array(a).dtype), Is.EqualTo([float32, float64, int64, int32, uint8, ScalarType.Bool]));

    [Test]
    public void Lists_are_taken_as_well()
    {
        Assert.That(tensor(new List<float> { 1, 2 }).data<float>(), Is.EqualTo([1f, 2]));
        Assert.That(tensor((IList<double>)new ArraySegment<double>([1, 2, 3], 1, 2)).data<double>(), Is.EqualTo([2.0, 3]));
        Assert.That(
            (
                tensor(new List<long> { 3 }).dtype,
                tensor(new List<int> { 3 }).dtype,
                tensor(new List<byte> { 3 }).dtype,
                tensor(new List<bool> { true }).dtype),
            Is.EqualTo((int64, int32, uint8, ScalarType.Bool)));
    }

    [Test]
    public void A_shape_and_a_dtype_can_be_given()
    {
        var x = tensor([1, 2, 3, 4], [2, 2], float64);
        Assert.That((x.shape, x.dtype), Is.EqualTo((new long[] { 2, 2 }, float64)));
        Close(x, [1, 2, 3, 4]);
        Assert.That(tensor([0.5f, 0], ScalarType.Bool).data<bool>(), Is.EqualTo([true, false]));
        Assert.That(
            (
                tensor([1f], [1, 1]).ndim,
                tensor([1L], [1, 1]).ndim,
                tensor(new byte[] { 1 }, [1, 1]).ndim,
                tensor([true], [1, 1]).ndim,
                tensor([1.0], [1, 1]).ndim),
            Is.EqualTo((2L, 2L, 2L, 2L, 2L)));
    }

    [Test]
    public void Arrays_of_any_rank_keep_their_shape()
    {
        var x = from_array(new int[,,] { { { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } } });
        Assert.That((x.shape, x.data<int>()[1, 0, 1]), Is.EqualTo((new long[] { 2, 2, 2 }, 6)));
        Assert.That(() => from_array(new[] { "x" }), Throws.ArgumentException);
    }

    [Test]
    public void Numbers_become_tensors_without_dimensions()
    {
        Tensor[] all = [tensor(1.5f), tensor(1.5), tensor(1L), tensor(1), tensor((byte)1), tensor(true)];
        Assert.That(all.Select(t => t.dtype), Is.EqualTo([float32, float64, int64, int32, uint8, ScalarType.Bool]));
        Assert.That(all.Select(t => t.ndim), Is.All.Zero);
        Assert.That(
            (tensor(2.5, bfloat16).dtype, tensor(3L, float32).dtype, tensor(true, int64).ToInt64()),
            Is.EqualTo((bfloat16, float32, 1L)));
    }

    [Test]
    public void Elements_come_in_row_major_order_whatever_the_strides()
    {
        var x = arange(6).view(2, 3);
        Assert.That(x.t().data<long>().ToArray(), Is.EqualTo([0L, 3, 1, 4, 2, 5]));
        Assert.That(x[.., 1..].data<long>(), Is.EqualTo([1L, 2, 4, 5]));
        Assert.That(x[0].expand(2, 3).data<long>().Count, Is.EqualTo(6));
        Assert.That(x.t().data<long>()[2, 1], Is.EqualTo(5));
    }

    [Test]
    public void An_accessor_writes_through()
    {
        var x = zeros(2, 3, int64);
        var elements = x.t().data<long>();
        elements[2, 0] = 7;
        elements[-1, -1] = 8;
        Assert.That(Longs(x), Is.EqualTo([0L, 0, 7, 0, 0, 8]));
        Assert.That(() => elements[3, 0], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => elements[0], Throws.ArgumentException);
    }

    [Test]
    public void Parts_are_copied_in_and_out()
    {
        var x = arange(5).clone();
        var buffer = new long[6];
        x.data<long>().CopyTo(buffer, 2, 1);
        Assert.That(buffer, Is.EqualTo([0L, 0, 1, 2, 3, 4]));
        x.data<long>().CopyFrom([7, 8, 9], 1, 3);
        Assert.That(Longs(x), Is.EqualTo([0L, 1, 2, 8, 9]));
    }

    [Test]
    public void Bytes_are_the_memory_itself()
    {
        var x = tensor([1f, 2]);
        Assert.That(x.bytes.ToArray(), Is.EqualTo(BitConverter.GetBytes(1f).Concat(BitConverter.GetBytes(2f))));
        BitConverter.GetBytes(5f).CopyTo(x.bytes[4..]);
        Close(x, [1, 5]);
        x.bytes = new byte[8];
        Close(x, [0, 0]);
        Assert.That(() => x.bytes = new byte[7], Throws.ArgumentException);
        Assert.That(() => zeros(2, 2).t().bytes.Length, Throws.InvalidOperationException);
    }

    [Test]
    public void Small_and_complex_elements_can_be_read()
    {
        Assert.That(tensor([1.5, -2], ScalarType.Float16).data<Half>(), Is.EqualTo([(Half)1.5, (Half)(-2)]));
        Assert.That(tensor([3, -2], ScalarType.Int8).data<sbyte>(), Is.EqualTo(new sbyte[] { 3, -2 }));
        Assert.That(tensor([3, -2], ScalarType.Int16).data<short>(), Is.EqualTo(new short[] { 3, -2 }));
        Assert.That(complex(tensor([1.0]), tensor([2.0])).data<Complex>(), Is.EqualTo([new Complex(1, 2)]));
    }

    [Test]
    public void Elements_are_read_as_their_own_type_only() => Assert.That(() => tensor([1.0]).data<float>(), Throws.ArgumentException);

    [Test]
    public void One_element_is_read_as_any_number()
    {
        var x = tensor([2.75]);
        Assert.That(
            (x.item<double>(), x.to(float32).item<float>(), x.ToInt64(), x.to(int32).item<int>(), x.ToInt32(), x.ToSingle()),
            Is.EqualTo((2.75, 2.75f, 2L, 2, 2, 2.75f)));
        Assert.That(
            (tensor(1L << 60).item<long>(), tensor(true).item<bool>(), tensor(0).ToBoolean(), tensor(new byte[] { 9 }).item<byte>()),
            Is.EqualTo((1L << 60, true, false, (byte)9)));
        Assert.That(
            (x.ToScalar().Type, tensor(3).ToScalar().Type, tensor(true).ToScalar().Type),
            Is.EqualTo((float64, int64, ScalarType.Bool)));
    }

    [Test]
    public void An_element_is_not_converted_unasked()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => tensor(1.7f).item<long>(), Throws.ArgumentException);
            Assert.That(() => tensor(1.7f).item<double>(), Throws.ArgumentException);
            Assert.That(() => tensor(16777217L).item<float>(), Throws.ArgumentException);
        }
    }
}
