namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Group norm with SiLU in every dtype and layout, forward and backward, against libtorch's operations in float64.</summary>
[TestFixture]
internal sealed class NormTests
{
    private const double Epsilon = 1e-5;
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // 4 channels and planes are what libtorch's own operations do; 12 and 20 are no multiple of the eight lanes.
    [Test]
    public void Values_and_gradients_are_those_of_float64([Values(4, 8, 12, 20, 32)] int channels, [Values(1, 2, 4)] int groups, [Values] bool film, [Values] bool planes)
    {
        var problem = Problem.Random(channels, groups, film);
        var exact = problem.Solve(torch.float64, planes: true);
        foreach (var (mine, theirs, what) in problem.Solve(torch.float32, planes).Zip(exact, Problem.Names))
        {
            Assert.That(mine.MaxError(theirs) / Math.Max(1, theirs.abs().max().ToDouble()), Is.LessThan(1e-5), what);
        }

        Assert.That(problem.Solve(torch.float64, planes: false)[0].MaxError(exact[0]), Is.LessThan(1e-12));
    }

    // 8 bits of mantissa: numbers are rounded where they are stored, and nowhere between.
    [TestCase(8, 2)]
    [TestCase(20, 4)]
    public void Bfloat16_rounds_what_it_stores_alone(int channels, int groups)
    {
        var problem = Problem.Random(channels, groups, film: false).Rounded();
        var exact = problem.Solve(torch.float64, planes: true);
        var mine = problem.Solve(torch.bfloat16, planes: false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mine[0].MaxError(exact[0].to(torch.bfloat16)), Is.LessThan(1e-2), "half a unit of 4 is 8e-3");
            Assert.That(mine[1].MaxError(exact[1]) / exact[1].abs().max().ToDouble(), Is.LessThan(4e-3));
            Assert.That(mine[2].MaxError(exact[2]) / exact[2].abs().max().ToDouble(), Is.LessThan(1e-2));
        }
    }

    // The variance is that of centred numbers: a mean of a thousand deviations costs no digits beyond those of the numbers themselves.
    [Test]
    public void A_large_mean_does_not_spoil_float32([Values] bool planes)
    {
        var x = Problem.Numbers(3, 8, 16, 16).@float() + 1000;
        using var norm = new NormLayer(8, 2, Epsilon);
        var exact = torch.nn.functional.group_norm(x.@double(), 2, torch.ones(8, dtype: torch.float64), torch.zeros(8, dtype: torch.float64), Epsilon);
        Assert.That(norm.call(planes ? x : ChannelsLast.Of(x)).MaxError(exact), Is.LessThan(1e-3));
    }

    [Test]
    public void Threads_and_the_graph_change_no_bit()
    {
        var problem = Problem.Random(20, 4, film: false);
        var one = problem.Solve(torch.float32, planes: false);
        var threads = torch.get_num_threads();
        torch.set_num_threads(3);
        var three = problem.Solve(torch.float32, planes: false);
        torch.set_num_threads(threads);
        using var outside = torch.no_grad();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(three.Zip(one, (a, b) => a.eq(b).all().ToBoolean()), Is.All.True);
            Assert.That(problem.Value(torch.float32, planes: false).eq(one[0]).all().ToBoolean(), Is.True);
        }
    }

    [Test]
    public void A_number_that_is_none_spoils_its_group_and_nothing_else()
    {
        var x = ChannelsLast.Of(Problem.Numbers(2, 16, 3, 3).@float());
        using var norm = new NormLayer(16, 2, Epsilon);
        var clean = norm.Silu(x);
        x[0, 3, 1, 1] = float.NaN;
        var spoilt = norm.Silu(x);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(spoilt[0].narrow(0, 0, 8).isnan().all().ToBoolean(), Is.True);
            Assert.That(spoilt[0].narrow(0, 8, 8).eq(clean[0].narrow(0, 8, 8)).all().ToBoolean(), Is.True);
            Assert.That(spoilt[1].eq(clean[1]).all().ToBoolean(), Is.True);
        }
    }

    [Test]
    public void Nothing_stays_behind_after_a_step()
    {
        using var norm = new NormLayer(8, 2, Epsilon);
        var x = ChannelsLast.Of(Problem.Numbers(2, 8, 3, 3).@float()).requires_grad_(true);
        Step(norm, x);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Step(norm, x);
        Assert.That(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    private static void Step(NormLayer norm, torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        norm.Silu(x).sum().backward();
    }

    /// <summary>f((x + shift) normalised · gain + bias) and its gradients, the gain and bias modulated by each image's scale and offset for FiLM.</summary>
    private sealed record Problem(int Groups, bool Film, torch.Tensor X, torch.Tensor A, torch.Tensor B, torch.Tensor Gain, torch.Tensor Bias)
    {
        internal static string[] Names { get; } = ["value", "x", "shift or scale", "offset", "gain", "bias"];

        internal static Problem Random(int channels, int groups, bool film) =>
            new(groups, film, Numbers(3, channels, 5, 3), Numbers(3, channels), Numbers(3, channels) * 0.5, Numbers(channels), Numbers(channels) * 0.3);

        /// <summary>Images that bfloat16 can hold.</summary>
        internal Problem Rounded() => this with { X = X.to(torch.bfloat16).@double() };

        internal static torch.Tensor Numbers(params long[] shape) => new InitialWeights(1, $"test{shape.Length}").Normal(1, shape).@double();

        internal torch.Tensor Value(torch.ScalarType dtype, bool planes) => Run(dtype, planes, [X, A, B]).Value;

        /// <summary>The value and the gradients of x, shift or scale, offset, gain and bias, float64.</summary>
        internal torch.Tensor[] Solve(torch.ScalarType dtype, bool planes)
        {
            torch.Tensor[] leaves = [.. new[] { X, A, B }.Select(t => t.clone().with_requires_grad())];
            var (value, norm) = Run(dtype, planes, leaves);
            var wide = value.@double();
            (wide * wide.square().add(1)).sum().backward();
            return [wide.detach(), .. leaves.Select(l => l.grad ?? torch.zeros_like(l)), .. norm.parameters().Select(p => p.grad!.@double())];
        }

        private (torch.Tensor Value, NormLayer Norm) Run(torch.ScalarType dtype, bool planes, torch.Tensor[] leaves)
        {
            var norm = new NormLayer((int)Gain.numel(), Groups, Epsilon);
            var parameters = dtype == torch.bfloat16 ? torch.float32 : dtype;
            norm.to(parameters);
            using (torch.no_grad())
            {
                norm.get_parameter("weight")!.copy_(Gain);
                norm.get_parameter("bias")!.copy_(Bias);
            }

            var x = planes ? leaves[0].to(dtype) : ChannelsLast.Of(leaves[0].to(dtype));
            var (a, b) = (leaves[1].to(parameters), leaves[2].to(parameters));
            return (Film ? norm.FilmSilu(x, a, b) : norm.Silu(x, a), norm);
        }
    }
}
