namespace Dfx.Compensation.Tests.Edm;

/// <summary>What a network of EDM learns from rows of a rollout.</summary>
[TestFixture]
internal sealed class EdmRolloutTests
{
    private static readonly double[] s_sigmas = [0.002, 0.1, 0.7, 3, 80];

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // Karras et al. 2022, Eq. 8 with c_out² = 1 / lambda, written out.
    [TestCase(CsTarget.Noise)]
    [TestCase(CsTarget.Consistent)]
    public void The_loss_is_that_of_EDM_with_the_target_of_the_row(CsTarget target)
    {
        using var network = Network();
        var rows = Rows(deviation: 0.05);
        var made = (EdmProblem.Rollout with { Target = target }).Estimate(network, rows);
        var (sigma, y) = (rows.Sigma.view(-1, 1, 1, 1), rows.X.@double() * (rows.Sigma.square() + 1).sqrt().view(-1, 1, 1, 1));
        var denoised = EdmRollout.Process.Denoise(network, y.@float(), rows.Sigma).@double();
        var goal = target == CsTarget.Noise ? y - (sigma * rows.Noise) : rows.Clean.@double();
        var expected = (denoised - goal).square() * ((sigma.square() + 0.25) / (0.5 * sigma).square());
        Assert.That(((made.Loss - expected).abs() / expected.clamp_min(1e-2)).max().ToDouble(), Is.LessThan(1e-3));
        Assert.That((made.Eps - ((y - denoised) / sigma)).abs().mean().ToDouble(), Is.LessThan(1e-4));
        Assert.That(made.Loss.requires_grad, Is.True);
        Assert.That(made.Eps.requires_grad, Is.False);
    }

    // Of exact rows both targets are x0.
    [Test]
    public void On_the_forward_process_both_targets_are_the_clean_image()
    {
        using var network = Network();
        var rows = Rows(deviation: 0) with { Sigma = torch.tensor([0.3, 0.5, 0.7, 1, 2]) };
        rows = rows with { X = Compensation.Forward(rows.Clean, rows.Noise, rows.Sigma) };
        var (noise, consistent) = (EdmProblem.Rollout.Estimate(network, rows).Loss, (EdmProblem.Rollout with { Target = CsTarget.Consistent }).Estimate(network, rows).Loss);
        Assert.That(noise.MaxError(consistent), Is.LessThan(1e-5));
    }

    // P5: with the true term rows never leave the forward process, so that the losses are those of plain training on the same images, noise and levels.
    [Test]
    public void With_the_true_term_it_is_plain_training_on_the_same_rows()
    {
        var (oracle, none) = (Differences(CsTerm.Oracle, 100), Differences(CsTerm.None, 10));
        Assert.That(oracle, Has.Count.EqualTo(100));
        Assert.That(oracle.Max(), Is.LessThan(1e-5));
        Assert.That(none.Max(), Is.GreaterThan(1e-3), "without a term rows leave it");
    }

    // |loss / plain loss - 1| of every step.
    private static List<double> Differences(CsTerm term, int steps)
    {
        var context = EdmProblem.Context(steps, data: new FlatData(deviation: 0.5));
        var edm = EdmProblem.Rollout with { Rollout = 3, Term = term };
        List<double> differences = [];
        using var pool = new RolloutPool(context.Model, EdmProblem.Batch, context.Model.Data.Shape, edm.Levels, edm.Rollout, RolloutSource.Plain);
        using var main = UNets.For(context.Model);
        var rollout = new CsRollout(pool, Compare, null, new(term));
        TrainingLoop.Run(context, rollout.Plan(main), weights => PreconditionedDenoiser.Load(weights, context.Model, EdmRollout.Process)).Dispose();
        return differences;

        RolloutEstimate Compare(RolloutRows rows)
        {
            var made = edm.Estimate(main, rows);
            using var scope = torch.NewDisposeScope();
            var noisy = rows.Clean + (rows.Noise * Denoising.Rows(rows.Sigma, rows.Noise));
            var plain = ScoreMatching.Errors(EdmRollout.Process, main, noisy, rows.Sigma, rows.Clean).mean().ToDouble();
            differences.Add(Math.Abs((made.Loss.mean().ToDouble() / plain) - 1));
            return made;
        }
    }

    // A network whose output is not 0, as it is at the start.
    private static UNet Network()
    {
        var network = UNets.For(EdmProblem.Context().Model);
        using var outside = torch.no_grad();
        network.parameters().ToList().ForEach(p => p.add_(0.02));
        return network;
    }

    // Rows that are off the forward process by so much noise.
    private static RolloutRows Rows(double deviation)
    {
        var (sigma, clean, noise) = (torch.tensor(s_sigmas), Problem.Uniform("clean", 5, 1, 16, 16), Problem.Normal("z", 5, 1, 16, 16));
        var off = Problem.Normal("off", 5, 1, 16, 16) * Denoising.Rows(Compensation.Deviation(sigma), noise) * deviation;
        return new(Compensation.Forward(clean, noise, sigma) + off, clean, noise, sigma, sigma / 2, null);
    }
}
