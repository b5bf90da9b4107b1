namespace Dfx.Torch.Tests.Networks;

/// <summary>Gradients of layers against central differences of their own outputs.</summary>
public sealed class LayerGradientTests : ScopedTests
{
    private static readonly (string Name, Func<torch.nn.Module<torch.Tensor, torch.Tensor>> Make, long[] Input)[] s_layers =
    [
        ("Linear", () => torch.nn.Linear(3, 2, dtype: torch.float64), [2, 3]),
        ("Conv2d", () => torch.nn.Conv2d(2, 4, 3, 2, 1, groups: 2, padding_mode: PaddingModes.Reflect, dtype: torch.float64), [1, 2, 5, 5]),
        ("ConvTranspose2d", () => torch.nn.ConvTranspose2d(2, 3, 3, 2, 1, 1, dtype: torch.float64), [1, 2, 3, 3]),
        ("GroupNorm", () => torch.nn.GroupNorm(2, 4, dtype: torch.float64), [2, 4, 3]),
        ("LayerNorm", () => torch.nn.LayerNorm(4, dtype: torch.float64), [3, 4]),
        ("BatchNorm2d", () => torch.nn.BatchNorm2d(2, dtype: torch.float64), [3, 2, 2, 2]),
        ("SiLU", () => torch.nn.SiLU(), [7]),
        ("GELU", () => torch.nn.GELU(), [7]),
        ("Upsample", () => torch.nn.Upsample(null, [2, 2], torch.UpsampleMode.Bicubic), [1, 1, 3, 3]),
        ("AvgPool2d", () => torch.nn.AvgPool2d(2), [1, 1, 4, 4]),
    ];

    [Test]
    public void Gradients_are_slopes([Range(0, 9)] int which)
    {
        var (name, make, shape) = s_layers[which];
        using var layer = make();
        Numbers.Randomise(layer, 1);
        var x = Numbers.Tensor(Numbers.Draw(2, shape), shape).with_requires_grad();
        Numbers.WeightedSum(layer.call(x)).backward();
        foreach (var tensor in layer.parameters().Prepend(x))
        {
            Assert.That(Numbers.Of(tensor.grad!), Numbers.Close(Slopes(() => Numbers.WeightedSum(layer.call(x)), tensor), 2e-6), name);
        }
    }

    private static double[] Slopes(Func<torch.Tensor> loss, torch.Tensor at)
    {
        const double H = 1e-4;
        var values = Numbers.Of(at);
        var slopes = new double[values.Length];
        for (var i = 0; i < slopes.Length; i++)
        {
            slopes[i] = (Shifted(i, H) - Shifted(i, -H)) / (2 * H);
        }

        Numbers.Put(at, values);
        return slopes;

        double Shifted(int i, double by)
        {
            double[] shifted = [.. values];
            shifted[i] += by;
            Numbers.Put(at, shifted);
            using var scope = torch.NewDisposeScope();
            using var off = torch.no_grad();
            return loss().ToDouble();
        }
    }
}
