namespace Dfx.Compensation.Tests;

/// <summary>What the module can learn, what it must not, and what it costs.</summary>
[TestFixture]
internal sealed class ModuleTests
{
    private const int T = 100;
    private static readonly DdpmProcess s_process = new(DiscreteSchedule.Scaled(T));

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // One image, and a main network that says 0: z can be read off x_t and t, so the term can be known.
    [Test]
    public void It_learns_a_term_that_can_be_known()
    {
        var (errors, _, terms) = Train(new FlatData(1), (x, _) => torch.zeros_like(x), 500);
        Assert.That(errors.TakeLast(20).Average(), Is.LessThan(0.1 * terms.TakeLast(20).Average()));
    }

    // N(0, 0.25) with the best main network: nothing of the term can be known from x_t, and its median is 0.
    [Test]
    public void It_says_nothing_where_the_term_cannot_be_known()
    {
        var (_, estimates, terms) = Train(new FlatData(500, deviation: 0.5), Bayes, 300);
        Assert.That(estimates.TakeLast(20).Average(), Is.LessThan(0.2 * terms.TakeLast(20).Average()));

        static torch.Tensor Bayes(torch.Tensor x, torch.Tensor sigma)
        {
            var (g, f) = (Denoising.Rows(Compensation.Signal(sigma), x), Denoising.Rows(Compensation.Deviation(sigma), x));
            return x * f / ((g.square() * 0.25) + f.square());
        }
    }

    [TestCase(CsHead.Noise)]
    [TestCase(CsHead.Raw)]
    public void Its_two_heads_say_the_same_thing_in_two_units(CsHead head)
    {
        var context = Problem.Context();
        using var network = Random(CsModule.Build(context.Model));
        var (module, rows, eps) = (new CsModule(network, s_process, head: head), Rows(), Problem.Normal("eps", 8, 1, 8, 8));
        var (u, term) = (module.Residual(rows, eps), module.Term(rows, eps));
        Assert.That(u.abs().max().ToDouble(), Is.GreaterThan(0.01));
        var k = Denoising.Rows(Compensation.NoiseWeight(rows.Sigma, rows.Next), u);
        Assert.That(((term + (k * u)) / term.abs().amax([1, 2, 3], keepdim: true)).abs().max().ToDouble(), Is.LessThan(1e-6));
    }

    [TestCase(CsInput.Eps, true)]
    [TestCase(CsInput.Xt, false)]
    public void It_sees_the_noise_estimate_if_it_is_to(CsInput input, bool sees)
    {
        var context = Problem.Context();
        using var network = Random(CsModule.Build(context.Model, input));
        var (module, rows) = (new CsModule(network, s_process, input), Rows());
        var difference = module.Residual(rows, Problem.Normal("eps", 8, 1, 8, 8)).MaxError(module.Residual(rows, Problem.Normal("other", 8, 1, 8, 8)));
        Assert.That(difference > 0, Is.EqualTo(sees));
    }

    // Karras et al.'s and Dhariwal and Nichol's sizes: below 1 % from 64 channels on, below 3 % at 32. About 14 thousand multiply-adds a pixel are published.
    [TestCase(128, new[] { 1, 2, 2, 2 }, 4, 32, 0.01)]
    [TestCase(128, new[] { 1, 2, 2, 2 }, 4, 64, 0.01)]
    [TestCase(64, new[] { 1, 2, 2 }, 2, 32, 0.01)]
    [TestCase(32, new[] { 1, 2, 2 }, 2, 28, 0.03)]
    public void It_costs_little_beside_the_main_network(int channels, int[] multipliers, int blocks, int side, double share)
    {
        var shape = new DataShape(side == 28 ? 1 : 3, side, side);
        using var main = UNets.Create(new() { Channels = channels, Multipliers = [.. multipliers], Blocks = blocks }, new(shape), 1);
        using var module = UNets.Create(UNets.Light(4 * ((channels + 43) / 44)), new(shape) { Condition = shape.Channels }, 1);
        Assert.That((double)module.Card.MultiplyAdds!.Value / main.Card.MultiplyAdds!.Value, Is.LessThan(share).And.GreaterThan(0));
        Assert.That(channels < 128 || module.Card.MultiplyAdds / (side * side) is > 13_000 and < 17_000, $"{module.Card.MultiplyAdds / (side * side)} a pixel");
    }

    [Test]
    public void A_width_that_no_network_has_is_an_error() =>
        Assert.That(() => CsModule.Build(Problem.Context().Model, width: 6), Throws.ArgumentException.With.Message.Contains("give 4 or 8"));

    /// <summary>A network whose output is not 0.</summary>
    internal static UNet Random(UNet network)
    {
        using var outside = torch.no_grad();
        foreach (var (parameter, i) in network.parameters().Select((p, i) => (p, i)))
        {
            parameter.add_(Problem.Normal($"weight {i}", parameter.shape) * 0.1f);
        }

        network.eval();
        return network;
    }

    private static RolloutRows Rows()
    {
        var sigmas = Problem.Sigmas(T);
        var time = torch.tensor(new long[] { 1, 2, 10, 20, 50, 70, 99, 100 });
        var (clean, z) = (Problem.Uniform("clean", 8, 1, 8, 8), Problem.Normal("z", 8, 1, 8, 8));
        var (sigma, next) = (sigmas.index_select(0, time), sigmas.index_select(0, time - 1));
        return new(Compensation.Forward(clean, z, sigma), clean, z, sigma, next, null);
    }

    // The module alone, on exact rows.
    private static (List<double> Errors, List<double> Estimates, List<double> Terms) Train(FlatData data, Func<torch.Tensor, torch.Tensor, torch.Tensor> eps, int steps)
    {
        var context = Problem.Context(data, steps, 32);
        using var network = CsModule.Build(context.Model, width: 8);
        using var pool = new RolloutPool(context.Model, 32, Problem.Shape, new DiscreteLevels(s_process.Steps, false), 1, RolloutSource.Plain);
        var module = new CsModule(network, s_process);
        var (errors, estimates, terms) = (new List<double>(), new List<double>(), new List<double>());
        var plan = TrainingPlan.Of(network, _ =>
        {
            var rows = pool.Rows();
            var said = eps(rows.X, rows.Sigma);
            var (term, truth) = (module.Term(rows, said), Compensation.Oracle(RolloutPool.CleanOf(rows, said, false), rows.Clean, rows.Sigma, rows.Next));
            var loss = (term - truth).abs();
            errors.Add(loss.mean().ToDouble());
            estimates.Add(term.abs().mean().ToDouble());
            terms.Add(truth.abs().mean().ToDouble());
            return loss;
        }) with
        {
            State = pool.State,
            Before = pool.Refill,
            After = _ => pool.Advance(eps(pool.Rows().X, pool.Rows().Sigma), false, (rows, _, clean) => Compensation.Oracle(clean, rows.Clean, rows.Sigma, rows.Next)),
        };
        TrainingLoop.Run(context, plan, weights => new Nothing(), (_, _) => { }).Dispose();
        return (errors, estimates, terms);
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
