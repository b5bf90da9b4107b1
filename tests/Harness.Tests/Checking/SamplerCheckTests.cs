using Dfx.Harness.Checking.Kinds;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Checking;

/// <summary>Every check of samplers finds the fault that it is there for.</summary>
public sealed class SamplerCheckTests
{
    public enum Flaw
    {
        None,
        RisingLevels,
        OneEvaluationTooMany,
        Float32,
        ChangesStart,
        OwnRandomNumbers,
        MixesRows,
        IgnoresStop,
        SwallowsCancellation,
        LeavesTensors,
    }

    [TestCase(Flaw.RisingLevels, "levels")]
    [TestCase(Flaw.OneEvaluationTooMany, "budget")]
    [TestCase(Flaw.Float32, "outputs")]
    [TestCase(Flaw.ChangesStart, "start")]
    [TestCase(Flaw.OwnRandomNumbers, "same noise")]
    [TestCase(Flaw.MixesRows, "rows")]
    [TestCase(Flaw.IgnoresStop, "stop")]
    [TestCase(Flaw.SwallowsCancellation, "cancellation")]
    [TestCase(Flaw.LeavesTensors, "tensors")]
    public void A_flaw_fails_its_check(Flaw flaw, string check) => Assert.That(Failed(flaw), Does.Contain(check));

    [Test]
    public void Without_a_flaw_nothing_fails() => Assert.That(Failed(Flaw.None), Is.Empty);

    [Test]
    public void A_sampler_that_decides_for_itself_has_the_safety_limit_for_its_budget() =>
        Assert.That(Verdicts.Failed(SamplerChecks.Of(() => new Free(), [ModelKind.Denoiser])), Is.Empty);

    /// <summary>The check has a corruption that needs seven steps.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void A_sampler_that_takes_fewer_steps_than_a_corruption_needs_fails(bool looks) =>
        Assert.That(Verdicts.Failed(SamplerChecks.Of(() => new Restoring(looks), [ModelKind.Corruption])), looks ? Is.Empty : Is.EqualTo(new[] { "fewest steps" }));

    private static List<string> Failed(Flaw flaw)
    {
        var calls = 0;
        return Verdicts.Failed(SamplerChecks.Of(() => new Flawed(flaw, () => ++calls), [ModelKind.Denoiser]));
    }

    /// <summary>Euler's method in 30 steps whatever the budget, which it may since it says that it is adaptive.</summary>
    [Sampler("free", "Free", Adaptive = true)]
    private sealed class Free : ISampler<IDenoiser>
    {
        private readonly Flawed _euler = new(Flaw.None, () => 0);

        public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => _euler.Levels(model, 30);

        public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => _euler.Sample(model, request);
    }

    /// <summary>Restores and corrupts again, in as many steps as the budget has evaluations.</summary>
    private sealed class Restoring(bool looks) : ISampler<ICorruptionModel>
    {
        public IReadOnlyList<double> Levels(ICorruptionModel model, int nfe) => looks && nfe < model.Corruption.MinSteps
            ? throw new NotApplicableException("too few")
            : [.. Enumerable.Range(0, nfe + 1).Select(i => 1 - ((double)i / nfe))];

        public torch.Tensor Sample(ICorruptionModel model, SamplingRequest request) =>
            request.Walk((x, step) => model.Corruption.Apply(model.Restore(x, request.Fill(step.Level)), request.Fill(step.Next)));
    }

    /// <summary>Euler's method, with one flaw.</summary>
    private sealed class Flawed(Flaw flaw, Func<int> count) : ISampler<IDenoiser>
    {
        public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
        {
            double[] levels = [.. Enumerable.Range(0, nfe).Select(i => model.Schedule.SigmaMax * Math.Pow(0.3, i)), 0];
            return flaw == Flaw.RisingLevels ? [.. levels.Reverse()] : levels;
        }

        public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
        {
            var x = flaw == Flaw.ChangesStart ? request.Start.mul_(1.5).clone() : request.Start.clone();
            var steps = flaw == Flaw.IgnoresStop ? request with { Stop = request.Levels.Count - 1 } : request;
            foreach (var (_, level, next) in steps.Steps())
            {
                Step(model, request, x, level, next);
            }

            if (flaw == Flaw.OneEvaluationTooMany)
            {
                model.Denoise(x, request.Fill(1)).Dispose();
            }

            return flaw switch
            {
                Flaw.Float32 => x.to(torch.float32),
                Flaw.OwnRandomNumbers => x.add_(count()),
                Flaw.MixesRows => x.sub_(x.mean()),
                _ => x,
            };
        }

        private void Step(IDenoiser model, SamplingRequest request, torch.Tensor x, double level, double next)
        {
            using var scope = flaw == Flaw.LeavesTensors ? null : torch.NewDisposeScope();
            try
            {
                x.add_((x - model.Denoise(x, request.Fill(level))) / level, next - level);
            }
            catch (OperationCanceledException) when (flaw == Flaw.SwallowsCancellation)
            {
            }
        }
    }
}
