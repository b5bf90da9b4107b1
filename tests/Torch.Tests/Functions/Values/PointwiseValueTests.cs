using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class PointwiseValueTests : TensorTests
{
    private static readonly (string Name, Func<Tensor, Tensor> Ours, Func<double, double> Theirs)[] s_functions =
    [
        ("abs", x => x.abs(), Math.Abs), ("neg", x => x.neg(), x => -x), ("exp", x => x.exp(), Math.Exp),
        ("exp2", x => x.exp2(), x => Math.Pow(2, x)),
        ("log", x => x.log(), Math.Log), ("log2", x => x.log2(), Math.Log2), ("log10", x => x.log10(), Math.Log10),
        ("sqrt", x => x.sqrt(), Math.Sqrt),
        ("rsqrt", x => x.rsqrt(), x => 1 / Math.Sqrt(x)), ("square", x => x.square(), x => x * x),
        ("reciprocal", x => x.reciprocal(), x => 1 / x),
        ("sin", x => x.sin(), Math.Sin), ("cos", x => x.cos(), Math.Cos), ("tan", x => x.tan(), Math.Tan),
        ("sinh", x => x.sinh(), Math.Sinh),
        ("cosh", x => x.cosh(), Math.Cosh), ("tanh", x => x.tanh(), Math.Tanh), ("asin", x => x.asin(), Math.Asin),
        ("acos", x => x.acos(), Math.Acos),
        ("atan", x => x.atan(), Math.Atan), ("sigmoid", x => x.sigmoid(), x => 1 / (1 + Math.Exp(-x))),
        ("floor", x => x.floor(), Math.Floor),
        ("ceil", x => x.ceil(), Math.Ceiling), ("trunc", x => x.trunc(), Math.Truncate), ("frac", x => x.frac(), x => x - Math.Truncate(x)),
        ("round", x => x.round(), x => Math.Round(x)), ("sign", x => x.sign(), x => double.IsNaN(x) ? 0 : Math.Sign(x)),
        ("deg2rad", x => x.deg2rad(), x => x * Math.PI / 180), ("pow", x => x.pow(2.5), x => Math.Pow(x, 2.5)),
        ("remainder", x => x.remainder(0.75), x => x - (0.75 * Math.Floor(x / 0.75))), ("fmod", x => x.fmod(0.75), x => x % 0.75),
    ];

    [TestCaseSource(nameof(Names))]
    public void A_function_has_the_values_of_the_runtime(string name)
    {
        var (_, ours, theirs) = s_functions.Single(f => f.Name == name);
        double[] grid = [-2.5, -1.5, -0.8, -0.5, 0.3, 0.5, 0.9, 1.5, 2.5, 3.25];
        var expected = Array.ConvertAll(grid, x => theirs(x));
        Assert.That(Doubles(ours(tensor(grid))), Is.EqualTo(expected).Within(2).Ulps.Or.EqualTo(expected).Within(1e-14));
    }

    private static IEnumerable<string> Names() => s_functions.Select(f => f.Name);

    [Test]
    public void Special_functions_have_known_values()
    {
        Close(tensor([0.5]).erf(), [0.5204998778130465], 1e-15);
        Close(tensor([0.5]).erfc(), [0.4795001221869535], 1e-15);
        Close(tensor([0.5204998778130465]).erfinv(), [0.5], 1e-14);
        Close(tensor([5.0]).lgamma(), [Math.Log(24)], 1e-14);
        Close(tensor([1.0, 0.5]).digamma(), [-0.5772156649015329, -1.9635100260214235], 1e-13);
        Close(tensor([0.0, 0.5, 1]).sinc(), [1, 2 / Math.PI, 0], 1e-15);
    }

    [Test]
    public void Small_arguments_keep_their_digits()
    {
        Close(tensor([1e-20]).log1p(), [1e-20], 1e-34);
        Close(tensor([1e-20]).expm1(), [1e-20], 1e-34);
        Close(tensor([10.0]).erfc(), [2.088487583762545e-45], 1e-57);
    }

    [Test]
    public void Quadrants_and_hypotenuses()
    {
        Close(tensor([1.0, 1, -1, -1]).atan2(tensor([1.0, -1, -1, 1])), [Math.PI / 4, 3 * Math.PI / 4, -3 * Math.PI / 4, -Math.PI / 4]);
        Assert.That(Doubles(tensor([3e200]).hypot(tensor([4e200]))), Is.EqualTo([5e200]).Within(1).Percent);
    }

    [Test]
    public void Limits_of_products_and_maxima_with_nan()
    {
        Close(tensor([0.0, 2]).xlogy(tensor([0.0, Math.E])), [0, 2]);
        Assert.That(Doubles(tensor([1.0, double.NaN]).maximum(tensor([double.NaN, 2.0]))), Is.All.NaN);
        Assert.That(Doubles(tensor([1.0, 5]).minimum(tensor([3.0, 2]))), Is.EqualTo([1.0, 2]));
    }

    [Test]
    public void Blends()
    {
        var (x, y, z) = (tensor([1.0, 2]), tensor([3.0, 6]), tensor([0.5, 2]));
        Close(x.lerp(y, z), [2, 10]);
        Close(x.addcmul(y, z, 2), [4, 26]);
        Close(x.addcdiv(y, z, 2), [13, 8]);
        Close(x.add(y, -2), [-5, -10]);
        Close(torch.where(tensor([true, false]), x, y), [1, 6]);
        Close(x.masked_fill(tensor([true, false]), -1), [-1, 2]);
    }

    [Test]
    public void Bounds()
    {
        var x = tensor([-2.0, 0, 3]);
        Close(x.clamp(-1, 2), [-1, 0, 2]);
        Close(x.clamp(max: -1), [-2, -1, -1]);
        Close(x.clamp(tensor([0.0, 1, 4]), null), [0, 1, 4]);
        Close(x.clamp_min(0.5), [0.5, 0.5, 3]);
        Close(x.clamp_max(0), [-2, 0, 0]);
        Assert.That(Longs(tensor([1L, 5]).clamp(2, 4)), Is.EqualTo([2L, 4]));
    }
}
