namespace Dfx.Torch.Tests.Networks;

/// <summary>Convolutional layers against their definition.</summary>
public sealed class ConvolutionTests : ScopedTests
{
    private static readonly PaddingModes[] s_modes =
        [PaddingModes.Zeros, PaddingModes.Reflect, PaddingModes.Replicate, PaddingModes.Circular, PaddingModes.Constant];

    // Stride, dilation and extra rows of the output, which must be fewer than a step.
    private static readonly (int Stride, int Dilation, int Extra)[] s_steps = [(1, 1, 0), (1, 2, 1), (2, 1, 0), (2, 2, 1), (3, 1, 2), (3, 2, 0)];

    [Test]
    public void Conv2d_is_the_sum_over_its_window(
        [ValueSource(nameof(s_modes))] PaddingModes mode, [Values(1, 2, 3)] int stride, [Values(1, 2)] int groups, [Values(1, 2)] int dilation) =>
        Check(new(4, 6, (3, 2), (stride, 1), (2, 1), (dilation, 1), groups), mode, bias: true);

    [Test]
    public void Conv2d_takes_each_side_for_itself([ValueSource(nameof(s_modes))] PaddingModes mode) =>
        Check(new(2, 2, (1, 3), (2, 3), (0, 3), (1, 2), 2), mode, bias: true);

    [Test]
    public void Conv2d_without_bias_adds_none() => Check(new(3, 2, (3, 3), (1, 1), (1, 1), (1, 1), 1), PaddingModes.Zeros, bias: false);

    [Test]
    public void Conv2d_by_channel_is_a_group_a_channel() => Check(new(4, 8, (3, 3), (2, 2), (1, 1), (1, 1), 4), PaddingModes.Zeros, bias: true);

    [Test]
    public void Conv2d_of_one_extent_is_that_of_a_pair()
    {
        using var single = torch.nn.Conv2d(2, 3, 3, stride: 2, padding: 1, dilation: 2, dtype: torch.float64);
        using var pair = torch.nn.Conv2d(2, 3, (3, 3), (2, 2), (1, 1), (2, 2), dtype: torch.float64);
        pair.load_state_dict(single.state_dict());
        var x = Numbers.Tensor(Numbers.Draw(1, 1, 2, 9, 8), 1, 2, 9, 8);
        Assert.That(Numbers.Of(pair.call(x)), Is.EqualTo(Numbers.Of(single.call(x))));
    }

    [Test]
    public void Conv2d_in_float32_rounds_only()
    {
        using var layer = torch.nn.Conv2d(3, 4, 3, padding: 1);
        Numbers.Randomise(layer, 5);
        var reference = new ReferenceConvolution(3, 4, (3, 3), (1, 1), (1, 1), (1, 1), 1);
        var x = Numbers.Draw(2, 3, 8, 8);
        var expected = reference.Forward(x, (8, 8), Numbers.Of(layer.weight), Numbers.Of(layer.bias!), PaddingModes.Zeros);
        var result = layer.call(Numbers.Tensor(x, 1, 3, 8, 8).@float());
        Assert.That(result.dtype, Is.EqualTo(torch.float32));
        Assert.That(Numbers.Of(result), Numbers.Close(expected, 1e-4));
    }

    [Test]
    public void ConvTranspose2d_spreads_each_element(
        [ValueSource(nameof(s_steps))] (int, int, int) steps, [Values(0, 1)] int padding, [Values(1, 2)] int groups)
    {
        var (stride, dilation, extra) = steps;
        var reference = new ReferenceConvolution(4, 6, (3, 3), (stride, stride), (padding, padding), (dilation, dilation), groups);
        using var layer = torch.nn.ConvTranspose2d(4, 6, 3, stride, padding, extra, dilation, groups: groups, dtype: torch.float64);
        Numbers.Randomise(layer, 3);
        var x = Numbers.Draw(4, 4, 5, 4);
        var output = (Extent(5), Extent(4));
        var result = layer.call(Numbers.Tensor(x, 1, 4, 5, 4));
        Assert.That(result.shape, Is.EqualTo(new long[] { 1, 6, output.Item1, output.Item2 }));
        Assert.That(Numbers.Of(result), Numbers.Close(reference.Transposed(x, (5, 4), Numbers.Of(layer.weight), Numbers.Of(layer.bias!), output)));

        int Extent(int n) => ((n - 1) * stride) - (2 * padding) + (dilation * 2) + extra + 1;
    }

    [Test]
    public void ConvTranspose2d_pads_with_zeros_only() =>
        Assert.That(() => torch.nn.ConvTranspose2d(2, 2, 3, padding_mode: PaddingModes.Reflect), Throws.ArgumentException);

    [Test]
    public void A_transposed_convolution_is_the_gradient_of_a_convolution()
    {
        using var forward = torch.nn.Conv2d(3, 5, 3, 2, 1, bias: false, dtype: torch.float64);
        using var back = torch.nn.ConvTranspose2d(5, 3, 3, 2, 1, 1, bias: false, dtype: torch.float64);
        back.load_state_dict(forward.state_dict());
        var x = Numbers.Tensor(Numbers.Draw(1, 1, 3, 8, 8), 1, 3, 8, 8).with_requires_grad();
        var seed = Numbers.Tensor(Numbers.Draw(2, 1, 5, 4, 4), 1, 5, 4, 4);
        forward.call(x).backward([seed]);
        Assert.That(Numbers.Of(back.call(seed)), Numbers.Close(Numbers.Of(x.grad!)));
    }

    private static void Check(ReferenceConvolution reference, PaddingModes mode, bool bias)
    {
        using var layer = torch.nn.Conv2d(
            reference.In, reference.Out, reference.Kernel, reference.Stride, reference.Padding, reference.Dilation,
            mode, reference.Groups, bias, dtype: torch.float64);
        Numbers.Randomise(layer, 11);
        var samples = new[] { Numbers.Draw(7, reference.In, 9, 10), Numbers.Draw(8, reference.In, 9, 10) };
        var result = layer.call(Numbers.Tensor([.. samples.SelectMany(s => s)], 2, reference.In, 9, 10));
        var size = reference.Size((9, 10));
        Assert.That(result.shape, Is.EqualTo(new long[] { 2, reference.Out, size.H, size.W }));
        double[] expected = [.. samples.SelectMany(s =>
            reference.Forward(s, (9, 10), Numbers.Of(layer.weight), layer.bias is null ? null : Numbers.Of(layer.bias), mode))];
        Assert.That(Numbers.Of(result), Numbers.Close(expected));
    }
}
