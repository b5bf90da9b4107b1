using Dfx.Numerics;

namespace Dfx.Stf.Tests.Targets;

/// <summary>What holds for every average with Gaussian weights.</summary>
[TestFixture]
internal sealed class TargetTests
{
    private static readonly double[] s_sigmas = [1e-8, 1e-3, 0.1, 0.5, 1, 3, 1e3, 1e8];
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void With_one_reference_it_is_the_clean_image()
    {
        var problem = Problem.Of(1, 1, 12, [0.7]);
        Assert.That(problem.Target().MaxError(problem.References), Is.Zero);
    }

    [Test]
    public void With_a_class_of_its_own_for_every_image_it_is_the_clean_image()
    {
        var problem = Problem.Of(8, 8, 12, s_sigmas);
        var target = StableTarget.Of(problem.Noisy, problem.Sigma, new(problem.References, torch.arange(8)), 3);
        Assert.That(target.MaxError(problem.References), Is.Zero);
    }

    [TestCase(torch.ScalarType.Float64, 1e-12)]
    [TestCase(torch.ScalarType.Float32, 1e-6)]
    public void Weights_are_a_distribution(torch.ScalarType dtype, double tolerance)
    {
        var weights = Problem.Of(8, 20, 12, s_sigmas, dtype).Weights();
        Assert.That(weights.min().ToDouble(), Is.GreaterThanOrEqualTo(0));
        Assert.That(weights.sum(1L).MaxError(torch.ones(8)), Is.LessThan(tolerance));
    }

    [Test]
    public void It_lies_within_the_references()
    {
        var problem = Problem.Of(8, 20, 12, s_sigmas);
        var (target, all) = (problem.Target(7), problem.References);
        Assert.That((target - all.amax(0)).max().ToDouble(), Is.LessThan(1e-12));
        Assert.That((all.amin(0) - target).max().ToDouble(), Is.LessThan(1e-12));
        var center = all.mean([0], true);
        var farthest = (all - center).flatten(1).norm(1).max().ToDouble();
        Assert.That((target - center).flatten(1).norm(1).max().ToDouble(), Is.LessThanOrEqualTo(farthest));
    }

    [TestCase(torch.ScalarType.Float64)]
    [TestCase(torch.ScalarType.Float32)]
    public void Far_away_it_is_the_mean_and_close_by_the_nearest(torch.ScalarType dtype)
    {
        var problem = Problem.Of(8, 20, 12, s_sigmas, dtype);
        var target = problem.Target(6);
        Assert.That(target.isfinite().all().ToBoolean());
        Assert.That(target[7].MaxError(problem.References.mean([0])), Is.LessThan(1e-6));
        Assert.That(target.narrow(0, 0, 2).MaxError(problem.References.narrow(0, 0, 2)), Is.Zero);
        Assert.That(target[4].MaxError(problem.References[4]), Is.GreaterThan(1e-3), "between the two it is neither");
    }

    [Test]
    public void It_is_the_formula_of_the_paper()
    {
        var problem = Problem.Of(8, 50, 24, [0.05, 0.3, 0.5, 0.8, 1.5, 4]);
        Assert.That(problem.Target().MaxError(problem.BruteForce()), Is.LessThan(1e-10));
        var single = Problem.Of(8, 50, 24, [0.05, 0.3, 0.5, 0.8, 1.5, 4], torch.ScalarType.Float32);
        Assert.That(single.Target().MaxError(single.BruteForce()), Is.LessThan(1e-5));
    }

    // At this size neither form is exact to 1e-5 in float32.
    [Test]
    public void It_is_accurate_for_whole_images_in_float32()
    {
        double[] sigmas = [0.002, 0.05, 0.5, 2, 3, 5, 10, 80];
        var single = Problem.Of(8, 256, 3072, sigmas, torch.ScalarType.Float32);
        var exact = single with { Noisy = single.Noisy.@double(), References = single.References.@double() };
        Assert.That(single.Target(100).MaxError(exact.BruteForce()), Is.LessThan(3e-4));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(20)]
    [TestCase(1000)]
    public void Chunks_make_no_difference(int chunk)
    {
        var problem = Problem.Of(8, 20, 12, s_sigmas);
        var whole = (problem.Weights().mm(problem.References.flatten(1))).view_as(problem.Noisy);
        Assert.That(problem.Target(chunk).MaxError(whole), Is.LessThan(1e-12));
    }

    [Test]
    public void The_order_of_references_makes_none_either()
    {
        var problem = Problem.Of(4, 20, 12, [0.2, 0.6, 1.2, 5]);
        var order = torch.tensor(new StepNoise(3, "order", torch.CPU).Permutation(0, 20).Select(i => (long)i).ToArray());
        var permuted = problem with { References = problem.References.index_select(0, order) };
        Assert.That(permuted.Target(6).MaxError(problem.Target(6)), Is.LessThan(1e-12));
        Assert.That(permuted.Weights().MaxError(problem.Weights().index_select(1, order)), Is.LessThan(1e-12));
    }

    [Test]
    public void Rows_do_not_know_of_each_other()
    {
        var problem = Problem.Of(4, 20, 12, [0.2, 0.6, 1.2, 5]);
        var sigma = problem.Sigma.clone();
        sigma.narrow(0, 2, 1).fill_(0.01);
        var (changed, before) = ((problem with { Sigma = sigma }).Target(), problem.Target());
        Assert.That(changed.narrow(0, 0, 2).MaxError(before.narrow(0, 0, 2)), Is.Zero);
        Assert.That(changed[2].MaxError(before[2]), Is.GreaterThan(1e-3));
        var back = new Problem(problem.Noisy.flip(0), problem.Sigma.flip(0), problem.References).Target();
        Assert.That(back.flip(0).MaxError(before), Is.LessThan(1e-12));
    }

    [Test]
    public void Copies_of_all_references_change_nothing_and_a_copy_of_one_doubles_its_weight()
    {
        var problem = Problem.Of(4, 10, 12, [0.4, 0.6, 1.2, 5]);
        var tripled = problem with { References = torch.cat([problem.References, problem.References, problem.References]) };
        Assert.That(tripled.Target(7).MaxError(problem.Target()), Is.LessThan(1e-12));
        var (before, after) = (problem.Weights(), (problem with { References = torch.cat([problem.References, problem.References.narrow(0, 6, 1)]) }).Weights());
        var odds = before.select(1, 6) / (1 - before.select(1, 6));
        var total = after.select(1, 6) + after.select(1, 10);
        Assert.That((total / (1 - total) / odds).MaxError(torch.full([4], 2.0)), Is.LessThan(1e-9));
    }

    [Test]
    public void It_moves_scales_and_turns_with_the_data()
    {
        var problem = Problem.Of(4, 20, 12, [0.2, 0.6, 1.2, 5]);
        var target = problem.Target();
        Assert.That(new Problem(problem.Noisy + 3, problem.Sigma, problem.References + 3).Target().MaxError(target + 3), Is.LessThan(1e-10));
        Assert.That(new Problem(problem.Noisy * 7, problem.Sigma * 7, problem.References * 7).Target().MaxError(target * 7), Is.LessThan(1e-10));
        var (turn, _) = torch.linalg.qr(new StepNoise(4, "turn", torch.CPU).Normal(0, 12, 12).@double());
        var turned = new Problem(problem.Noisy.matmul(turn), problem.Sigma, problem.References.matmul(turn)).Target();
        Assert.That(turned.MaxError(target.matmul(turn)), Is.LessThan(1e-10));
    }

    // log mean_k N(x; y_k, sigma² I), differentiated by the tensor library.
    [Test]
    public void On_the_whole_dataset_it_is_the_score()
    {
        var problem = Problem.Of(6, 9, 5, [0.3, 0.6, 0.9, 1.5, 3, 8]);
        var x = problem.Noisy.flatten(1).clone();
        x.requires_grad = true;
        var variance = problem.Sigma.square().view(-1, 1);
        var distances = (x.unsqueeze(1) - problem.References.flatten(1).unsqueeze(0)).square().sum(2L);
        (distances / (variance * -2)).logsumexp(1).sum().backward();
        var score = (problem.Target() - problem.Noisy).flatten(1) / variance;
        Assert.That(score.MaxError(x.grad!), Is.LessThan(1e-9));
    }

    // x_t = a x0 + s z: the weights from x_t and a are those from x_t / a and sigma = s / a.
    [TestCase(0.05)]
    [TestCase(0.4)]
    [TestCase(0.9)]
    public void Variance_preserving_weights_are_the_same(double time)
    {
        var schedule = new VpProcess().Schedule;
        var (a, sigma) = (schedule.Scale(time), schedule.Sigma(time));
        var problem = Problem.Of(4, 20, 6, [sigma]);
        var xt = problem.Noisy.flatten(1) * a;
        var distances = (xt.unsqueeze(1) - (problem.References.flatten(1) * a).unsqueeze(0)).square().sum(2L);
        Assert.That((distances / (-2 * (1 - (a * a)))).softmax(1).MaxError(problem.Weights()), Is.LessThan(1e-12));
    }

    [Test]
    public void Classes_are_averaged_apart()
    {
        var problem = Problem.Of(6, 20, 12, [0.5, 1, 3]);
        var labels = torch.arange(20).remainder(2);
        var together = StableTarget.Of(problem.Noisy, problem.Sigma, new(problem.References, labels), 5);
        for (var c = 0; c < 2; c++)
        {
            var (rows, members) = (torch.arange(c, 6, 2), torch.arange(c, 20, 2));
            var alone = StableTarget.Of(problem.Noisy.index_select(0, rows), problem.Sigma.index_select(0, rows), new(problem.References.index_select(0, members)));
            Assert.That(together.index_select(0, rows).MaxError(alone), Is.LessThan(1e-12));
        }
    }

    // All differences of this size are 6.4 GB.
    [Test]
    public void It_needs_little_memory()
    {
        Assume.That(DeviceMemory.Peak(torch.CPU), Is.Not.Null, "the tensor library counts bytes");
        var problem = Problem.Of(128, 4096, 3072, [0.5, 5, 50], torch.ScalarType.Float32);
        DeviceMemory.ResetPeak(torch.CPU);
        var before = DeviceMemory.InUse(torch.CPU);
        problem.Target();
        Assert.That(DeviceMemory.Peak(torch.CPU) - before, Is.LessThan(32_000_000));
    }

    [Test]
    public void It_is_outside_of_the_graph()
    {
        var problem = Problem.Of(4, 8, 3, [0.5]);
        (problem.Noisy.requires_grad, problem.References.requires_grad) = (true, true);
        Assert.That(problem.Target().requires_grad, Is.False);
        Assert.That(problem.Weights().requires_grad, Is.False);
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        var problem = Problem.Of(4, 8, 3, [0.5]);
        Assert.That(() => (problem with { References = torch.zeros(8, 1, 1, 2, dtype: torch.float64) }).Target(), Throws.ArgumentException.With.Message.Contains("shapes"));
        Assert.That(() => (problem with { References = problem.References.@float() }).Target(), Throws.ArgumentException.With.Message.Contains("Float32"));
        Assert.That(() => (problem with { Sigma = torch.ones(3) }).Target(), Throws.ArgumentException.With.Message.Contains("3 noise levels"));
        Assert.That(() => StableTarget.Of(problem.Noisy, problem.Sigma, new(problem.References, torch.arange(4))), Throws.ArgumentException.With.Message.Contains("labels"));
    }
}
