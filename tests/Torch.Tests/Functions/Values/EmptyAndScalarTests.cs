using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class EmptyAndScalarTests : TensorTests
{
    [Test]
    public void Sums_over_nothing_are_neutral()
    {
        var x = zeros(0, 3, float64);
        Assert.That((x.sum().ToDouble(), x.prod().ToDouble(), x.mean().ToDouble()), Is.EqualTo((0.0, 1.0, double.NaN)));
        Close(x.sum(-2), [0, 0, 0]);
        Assert.That(x.sum(1).shape, Is.EqualTo([0L]));
        Assert.That((x.any().ToBoolean(), x.all().ToBoolean()), Is.EqualTo((false, true)));
    }

    [Test]
    public void Empty_data_makes_empty_tensors()
    {
        var x = tensor(Array.Empty<double>());
        Assert.That((x.shape, x.data<double>().ToArray(), x.bytes.Length), Is.EqualTo((new long[] { 0 }, Array.Empty<double>(), 0)));
        Assert.That(tensor(Array.Empty<float>(), [0, 4]).shape, Is.EqualTo([0L, 4]));
        Assert.That(from_array(new double[0, 2]).shape, Is.EqualTo([0L, 2]));
    }

    [Test]
    public void Empty_tensors_pass_through_functions()
    {
        var x = zeros(0, 3, float64);
        Assert.That(
            (x.matmul(zeros(3, 2, float64)).shape, zeros(2, 0L).matmul(zeros(0, 2)).sum().ToDouble()),
            Is.EqualTo((new long[] { 0, 2 }, 0.0)));
        Assert.That(
            (cat([x, ones(2, 3, float64)]).shape, x.exp().shape, x.t().shape, x[..0].shape),
            Is.EqualTo((new long[] { 2, 3 }, new long[] { 0, 3 }, new long[] { 3, 0 }, new long[] { 0, 3 })));
        Assert.That(
            (x.nonzero().shape, F.relu(x).shape, x.softmax(1).shape),
            Is.EqualTo((new long[] { 0, 2 }, new long[] { 0, 3 }, new long[] { 0, 3 })));
    }

    [Test]
    public void Tensors_without_dimensions_act_like_numbers()
    {
        var x = tensor(3.0);
        Assert.That(
            (x.shape, x.numel(), x.sum().ToDouble(), x.flatten().shape, x.unsqueeze(0).shape),
            Is.EqualTo((Array.Empty<long>(), 1L, 3.0, new long[] { 1 }, new long[] { 1 })));
        Assert.That((x.data<double>().ToArray(), x.data<double>()[[]], x.bytes.Length), Is.EqualTo((new[] { 3.0 }, 3.0, 8)));
        Assert.That((x * tensor([1.0, 2])).shape, Is.EqualTo([2L]));
        Assert.That((x.softmax(0).ToDouble(), x.cumsum(0).ToDouble(), x.max(0).values.ToDouble()), Is.EqualTo((1.0, 3.0, 3.0)));
    }

    [Test]
    public void Index_expressions_work_without_dimensions()
    {
        Assert.That(
            (tensor(3.0)[TensorIndex.None].shape, tensor(3.0)[TensorIndex.Ellipsis].ToDouble()),
            Is.EqualTo((new long[] { 1 }, 3.0)));
        Assert.That(tensor([1.0, 2])[tensor(1L)].shape, Is.Empty);
    }

    [Test]
    public void A_line_describes_a_tensor()
    {
        Assert.That(
            (zeros(2, 3).ToString(), tensor(1L).ToString()),
            Is.EqualTo(("[2x3], type = Float32, device = cpu", "[], type = Int64, device = cpu")));
    }
}
