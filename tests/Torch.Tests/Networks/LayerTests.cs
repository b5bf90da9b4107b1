namespace Dfx.Torch.Tests.Networks;

/// <summary>The simple layers against loops and closed forms.</summary>
public sealed class LayerTests : ScopedTests
{
    [Test]
    public void Linear_multiplies_by_the_transposed_weight([Values] bool bias)
    {
        using var layer = torch.nn.Linear(3, 5, bias, dtype: torch.float64);
        Numbers.Randomise(layer, 1);
        var (x, w) = (Numbers.Draw(2, 4, 2, 3), Numbers.Of(layer.weight));
        var expected = new double[4 * 2 * 5];
        for (var i = 0; i < expected.Length; i++)
        {
            var (row, o) = (i / 5, i % 5);
            expected[i] = Enumerable.Range(0, 3).Sum(k => x[(row * 3) + k] * w[(o * 3) + k]) + (bias ? Numbers.Of(layer.bias!)[o] : 0);
        }

        var result = layer.call(Numbers.Tensor(x, 4, 2, 3));
        Assert.That(result.shape, Is.EqualTo(new long[] { 4, 2, 5 }));
        Assert.That(Numbers.Of(result), Numbers.Close(expected));
        Assert.That(layer.bias is null, Is.EqualTo(!bias));
    }

    [Test]
    public void Embedding_picks_rows()
    {
        using var layer = torch.nn.Embedding(6, 3, dtype: torch.float64);
        var table = Numbers.Of(layer.weight);
        long[] indices = [5, 0, 0, 3];
        var result = layer.call(torch.tensor(indices, [2, 2]));
        Assert.That(result.shape, Is.EqualTo(new long[] { 2, 2, 3 }));
        Assert.That(Numbers.Of(result), Is.EqualTo(indices.SelectMany(i => table.Skip((int)i * 3).Take(3))));
    }

    // PyTorch counts a negative padding index from the end.
    [TestCase(2, 2)]
    [TestCase(-1, 5)]
    [TestCase(-6, 0)]
    public void Embedding_starts_its_padding_row_at_zero_and_never_trains_it(int padding, int row)
    {
        using var layer = torch.nn.Embedding(6, 3, padding_idx: padding, dtype: torch.float64);
        Assert.That(Numbers.Of(layer.weight).Skip(row * 3).Take(3), Is.All.Zero);
        Assert.That(Numbers.Of(layer.weight).Count(v => v == 0), Is.EqualTo(3));
        layer.call(torch.arange(6)).sum().backward();
        Assert.That(Numbers.Of(layer.weight.grad!).Select((g, i) => g == (i / 3 == row ? 0 : 1)), Is.All.True);
    }

    [Test]
    public void Embedding_refuses_options_that_are_not_bound() =>
        Assert.That(() => torch.nn.Embedding(3, 2, max_norm: 1), Throws.InstanceOf<NotSupportedException>());

    [Test]
    public void Activations_are_their_closed_forms()
    {
        Activation(torch.nn.SiLU(), x => x / (1 + Math.Exp(-x)));
        Activation(torch.nn.Sigmoid(), x => 1 / (1 + Math.Exp(-x)));
        Activation(torch.nn.Tanh(), x => (Math.Exp(x) - Math.Exp(-x)) / (Math.Exp(x) + Math.Exp(-x)));
        Activation(torch.nn.ReLU(), x => x > 0 ? x : 0);
        Activation(torch.nn.GELU(), x => x * NormalDistribution(x));
    }

    [Test]
    public void Activations_in_place_change_their_input()
    {
        InPlace(torch.nn.SiLU(inplace: true), x => x / (1 + Math.Exp(-x)));
        InPlace(torch.nn.ReLU(inplace: true), x => Math.Max(x, 0));
        InPlace(torch.nn.Tanh(inplace: true), Math.Tanh);
    }

    [Test]
    public void Identity_gives_a_handle_of_its_own()
    {
        var x = Numbers.Tensor(Numbers.Draw(1, 4), 4);
        var values = Numbers.Of(x);
        var same = torch.nn.Identity().call(x);
        x.Dispose();
        Assert.That(Numbers.Of(same), Is.EqualTo(values));
    }

    [TestCase(1, -1, new long[] { 2, 60 })]
    [TestCase(0, 1, new long[] { 6, 4, 5 })]
    [TestCase(2, 3, new long[] { 2, 3, 20 })]
    public void Flatten_joins_dimensions(int start, int end, long[] shape)
    {
        var x = Numbers.Draw(1, 2, 3, 4, 5);
        var result = torch.nn.Flatten(start, end).call(Numbers.Tensor(x, 2, 3, 4, 5));
        Assert.That(result.shape, Is.EqualTo(shape));
        Assert.That(Numbers.Of(result), Is.EqualTo(x));
    }

    [Test]
    public void Dropout_zeroes_with_its_probability_and_keeps_the_mean([Values(0.1, 0.5, 0.8)] double p)
    {
        const int Count = 200_000;
        var result = Numbers.Of(torch.nn.Dropout(p).call(torch.ones(Count, torch.float64)));
        var dropped = result.Count(v => v == 0);
        Assert.That(dropped, Is.EqualTo(p * Count).Within(5 * Math.Sqrt(Count * p * (1 - p))));
        Assert.That(result.Where(v => v != 0), Is.All.EqualTo(1 / (1 - p)).Within(1e-12));
    }

    [Test]
    public void Dropout_in_evaluation_is_the_identity()
    {
        var layer = torch.nn.Dropout(0.9);
        layer.eval();
        var x = Numbers.Draw(1, 100);
        Assert.That(Numbers.Of(layer.call(Numbers.Tensor(x, 100))), Is.EqualTo(x));
    }

    [Test]
    public void Sequential_applies_its_steps_in_order()
    {
        using var first = torch.nn.Linear(3, 4, dtype: torch.float64);
        using var second = torch.nn.Linear(4, 2, dtype: torch.float64);
        var steps = torch.nn.Sequential(first, torch.nn.ReLU(), second);
        var x = Numbers.Tensor(Numbers.Draw(1, 5, 3), 5, 3);
        var expected = second.call(torch.nn.functional.relu(first.call(x)));
        Assert.That(Numbers.Of(steps.call(x)), Is.EqualTo(Numbers.Of(expected)));
        Assert.That(x.IsInvalid, Is.False);
    }

    [Test]
    public void Sequential_of_nothing_gives_a_handle_of_its_own()
    {
        var x = Numbers.Tensor(Numbers.Draw(1, 5), 5);
        torch.nn.Sequential(Array.Empty<torch.nn.Module<torch.Tensor, torch.Tensor>>()).call(x).Dispose();
        Assert.That(x.IsInvalid, Is.False);
    }

    private static void Activation(torch.nn.Module<torch.Tensor, torch.Tensor> layer, Func<double, double> form)
    {
        var x = Numbers.Draw(1, 3, 50);
        var result = Numbers.Of(layer.call(Numbers.Tensor(x, 3, 50)));
        Assert.That(result, Numbers.Close([.. x.Select(form)], 1e-9), layer.GetName());
        Assert.That(layer.parameters(), Is.Empty);
    }

    private static void InPlace(torch.nn.Module<torch.Tensor, torch.Tensor> layer, Func<double, double> form)
    {
        var values = Numbers.Draw(1, 20);
        var x = Numbers.Tensor(values, 20);
        layer.call(x).Dispose();
        Assert.That(Numbers.Of(x), Numbers.Close([.. values.Select(form)]), layer.GetName());
    }

    // By Simpson's rule, so that no error function of a library stands behind it.
    private static double NormalDistribution(double x)
    {
        const int Steps = 2000;
        var h = x / Steps;
        var sum = Enumerable.Range(0, Steps + 1).Sum(i => (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-i * h * i * h / 2));
        return 0.5 + (sum * h / 3 / Math.Sqrt(2 * Math.PI));
    }
}
