using Dfx.Harness.Checking.Kinds;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Checking;

/// <summary>The checks of a correction's training find the faults that they are there for.</summary>
public sealed class CorrectionCheckTests
{
    public enum Flaw
    {
        None,
        OwnRandomNumbers,
        ForgetsState,
        IgnoresToken,
        LeavesTensors,
        KeepsNothing,
    }

    [TestCase(Flaw.OwnRandomNumbers, "same seed")]
    [TestCase(Flaw.ForgetsState, "resumes")]
    [TestCase(Flaw.IgnoresToken, "stops")]
    [TestCase(Flaw.LeavesTensors, "tensors")]
    [TestCase(Flaw.KeepsNothing, "checkpoints")]
    public void A_flaw_fails_its_check(Flaw flaw, string check) => Assert.That(Failed(flaw), Does.Contain(check));

    [Test]
    public void Without_a_flaw_nothing_fails() => Assert.That(Failed(Flaw.None), Is.Empty);

    private static List<string> Failed(Flaw flaw)
    {
        var calls = 0;
        return Verdicts.Failed(CorrectionChecks.Of(() => new Flawed(flaw, () => ++calls), PluginTraits.None, ""));
    }

    /// <summary>Learns one number, a sum of random numbers.</summary>
    private sealed class Flawed(Flaw flaw, Func<int> count) : ICorrection
    {
        public ITrainedCorrection Train(CorrectionContext context)
        {
            var (training, last) = (context.Training, context.Training.Host.LastState());
            using var sum = torch.zeros([1], torch.float64);
            if (last is not null && flaw != Flaw.ForgetsState)
            {
                sum.copy_(last.Contents.Tensors["sum"]);
            }

            for (var step = last?.Step ?? 0; step < training.Settings.Steps; step++)
            {
                Step(training, step, sum);
                foreach (var fraction in training.Settings.Checkpoints.Where(f => f < 1 && flaw != Flaw.KeepsNothing && training.Settings.StepOf(f) == step + 1))
                {
                    training.Host.Keep(fraction, new(new Dictionary<string, torch.Tensor> { ["sum"] = sum }));
                }

                if (training.Host.SaveDue)
                {
                    training.Host.Save(new(step + 1, new(new Dictionary<string, torch.Tensor> { ["sum"] = sum })));
                }
            }

            return new Scaled(sum.clone());
        }

        public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => new Scaled(checkpoint.Tensors["sum"].clone());

        private void Step(TrainingContext training, long step, torch.Tensor sum)
        {
            using var scope = flaw == Flaw.LeavesTensors ? null : torch.NewDisposeScope();
            if (flaw != Flaw.IgnoresToken)
            {
                training.Cancellation.ThrowIfCancellationRequested();
            }

            sum.add_(training.Noise("x").Normal(step, 1) + (flaw == Flaw.OwnRandomNumbers ? count() : 0));
        }
    }

    private sealed class Scaled(torch.Tensor sum) : ITrainedCorrection
    {
        private readonly torch.Tensor _sum = sum.DetachFromDisposeScope();

        public NetworkCard Network { get; } = new("scaled", 1);

        public int StopIndex(IReadOnlyList<double> sigmas) => sigmas.Count - 2;

        public torch.Tensor Apply(CorrectionRequest request) => request.State * _sum.ToDouble();

        public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor> { ["sum"] = _sum });

        public void Dispose() => _sum.Dispose();
    }
}
