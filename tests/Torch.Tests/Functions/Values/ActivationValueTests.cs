using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class ActivationValueTests : TensorTests
{
    private static readonly double[] s_grid = [-3, -1, -0.1, 0, 0.1, 1, 3];

    private static readonly (string Name, Func<Tensor, Tensor> Ours, Func<double, double> Formula)[] s_functions =
    [
        ("relu", x => F.relu(x), x => Math.Max(0, x)), ("silu", x => F.silu(x), x => x / (1 + Math.Exp(-x))),
        ("gelu", F.gelu, x => x * NormalCdf(x)), ("tanh", x => F.tanh(x), Math.Tanh),
        ("sigmoid", F.sigmoid, x => 1 / (1 + Math.Exp(-x))), ("leaky_relu", x => F.leaky_relu(x, 0.2), x => x > 0 ? x : 0.2 * x),
        ("elu", x => F.elu(x, 0.5), x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1)), (
            "softplus",
            x => F.softplus(x, 2),
            x => Math.Log(1 + Math.Exp(2 * x)) / 2),
        ("softplus above its threshold", x => F.softplus(x, 1, 0.5), x => x > 0.5 ? x : Math.Log(1 + Math.Exp(x))),
        ("log_sigmoid", x => x.log_sigmoid(), x => -Math.Log(1 + Math.Exp(-x))),
    ];

    [TestCaseSource(nameof(Names))]
    public void An_activation_has_the_values_of_its_formula(string name)
    {
        var (_, ours, formula) = s_functions.Single(f => f.Name == name);
        Close(ours(tensor(s_grid)), Array.ConvertAll(s_grid, x => formula(x)), 1e-10);
    }

    private static IEnumerable<string> Names() => s_functions.Select(f => f.Name);

    [Test]
    public void In_place_forms_change_their_argument()
    {
        var x = tensor(s_grid);
        Close(F.relu(x, true), x);
        Assert.That(Doubles(x), Is.All.GreaterThanOrEqualTo(0));
        Close(F.silu(x.clone(), true), F.silu(x));
        Close(F.tanh(x.clone(), true), F.tanh(x));
    }

    [Test]
    public void One_hot_rows()
    {
        var rows = F.one_hot(tensor([2L, 0]), 4);
        Assert.That((rows.shape, Longs(rows)), Is.EqualTo((new long[] { 2, 4 }, new long[] { 0, 0, 1, 0, 1, 0, 0, 0 })));
        Assert.That(F.one_hot(tensor([2L, 0])).shape, Is.EqualTo([2L, 3]));
    }

    // Simpson's rule from far below: independent of libtorch's error function.
    private static double NormalCdf(double x)
    {
        const int Steps = 4000;
        var h = (x + 12) / Steps;
        var sum = Enumerable.Range(0, Steps + 1)
            .Sum(i => (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-Math.Pow(-12 + (i * h), 2) / 2));
        return sum * h / 3 / Math.Sqrt(2 * Math.PI);
    }
}
