using System.Text.Json;
using Dfx.Harness.Checking;
using Dfx.Harness.Checking.Kinds;
using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Checking.Worker;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Checking;

/// <summary>Every check of methods finds the fault that it is there for.</summary>
public sealed class MethodCheckTests
{
    public enum Flaw
    {
        None,
        KeepsNothing,
        NotFinite,
        Float32,
        OwnRandomNumbers,
        IgnoresSeed,
        ForgetsOnLoad,
        KeepsLoadedTensors,
        MixesRows,
        ForgetsState,
        IgnoresParts,
        DrawsInParts,
        IgnoresEvaluations,
        IgnoresToken,
        SetsThreads,
        LeaksTensors,
        LeavesTensors,
        TellsOtherSchedule,
    }

    [TestCase(Flaw.KeepsNothing, "trains")]
    [TestCase(Flaw.NotFinite, "trains")]
    [TestCase(Flaw.TellsOtherSchedule, "trains")]
    [TestCase(Flaw.Float32, "outputs")]
    [TestCase(Flaw.OwnRandomNumbers, "same seed")]
    [TestCase(Flaw.IgnoresSeed, "other seed")]
    [TestCase(Flaw.ForgetsOnLoad, "loads")]
    [TestCase(Flaw.KeepsLoadedTensors, "loads")]
    [TestCase(Flaw.MixesRows, "rows")]
    [TestCase(Flaw.ForgetsState, "resumes")]
    [TestCase(Flaw.IgnoresParts, "accumulates")]
    [TestCase(Flaw.DrawsInParts, "accumulates")]
    [TestCase(Flaw.IgnoresEvaluations, "evaluations")]
    [TestCase(Flaw.IgnoresToken, "stops")]
    [TestCase(Flaw.IgnoresToken, "resumes")]
    [TestCase(Flaw.SetsThreads, "threads")]
    [TestCase(Flaw.LeaksTensors, "tensors")]
    [TestCase(Flaw.LeavesTensors, "tensors")]
    public void A_flaw_fails_its_check(Flaw flaw, string check) => Assert.That(Failed(flaw), Does.Contain(check));

    [Test]
    public void Without_a_flaw_nothing_fails() => Assert.That(Failed(Flaw.None), Is.Empty);

    /// <summary>A method may leave out accumulation and budgets in evaluations, and say so.</summary>
    [Test]
    public void What_does_not_apply_to_a_method_is_skipped()
    {
        var findings = MethodChecks.Of(() => new Plain()).Where(check => check.Name is "accumulates" or "evaluations").Select(check => Judge.Of("type", check, _ => null));
        Assert.That(findings.Select(f => $"{f.Check}: {f.Outcome}, {f.Text}"), Is.EqualTo(new[] { "accumulates: Skipped, not in parts", "evaluations: Skipped, not by evaluations" }));
    }

    /// <summary>The card's trait comes through to the checks, and they hand a source in.</summary>
    [TestCase(true, false)]
    [TestCase(false, true)]
    public void A_method_that_needs_a_source_is_given_one(bool needs, bool fails)
    {
        var type = new PluginType(PluginKind.Method, "fit", "Fit", "", "Fit", new("fit.dll", false), [], [], Traits: needs ? PluginTraits.NeedsSource : PluginTraits.None);
        var request = JsonSerializer.Deserialize(CheckJson.Line(CheckRequest.Of(type, "")), CheckJson.Default.CheckRequest)!;
        var failed = Verdicts.Failed(CheckList.Of(request.Type, _ => new Fit(), ""));
        Assert.That(failed.Contains("trains"), Is.EqualTo(fails), string.Join(", ", failed));
        Assert.That(failed.Count > 0, Is.EqualTo(fails), string.Join(", ", failed));
    }

    private static List<string> Failed(Flaw flaw)
    {
        var (threads, calls, leaked) = (torch.get_num_threads(), 0, new List<torch.Tensor>());
        try
        {
            return Verdicts.Failed(MethodChecks.Of(() => new Flawed(flaw, () => ++calls, leaked)));
        }
        finally
        {
            torch.set_num_threads(threads);
            leaked.ForEach(t => t.Dispose());
        }
    }

    /// <summary>Trains by steps with whole batches.</summary>
    private sealed class Plain : IMethod<IDenoiser>
    {
        private readonly Flawed _method = new(Flaw.None, () => 0, []);

        public IDenoiser Train(TrainingContext context) => context.Settings switch
        {
            { Evaluations: not null } => throw new NotApplicableException("not by evaluations"),
            { Accumulate: > 1 } => throw new NotApplicableException("not in parts"),
            _ => _method.Train(context),
        };

        public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => _method.Load(checkpoint, context);
    }

    /// <summary>Refuses to do anything without a source.</summary>
    private sealed class Fit : IMethod<IDenoiser>
    {
        private readonly Flawed _method = new(Flaw.None, () => 0, []);

        public IDenoiser Train(TrainingContext context) => _method.Train(Checked(context.Model.Source, context));

        public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => _method.Load(checkpoint, Checked(context.Source, context));

        private static T Checked<T>(ITrainedModel? source, T context) => source is IDenoiser ? context : throw new InvalidOperationException("no source");
    }

    /// <summary>Learns one number, a sum of random numbers.</summary>
    private sealed class Flawed(Flaw flaw, Func<int> count, List<torch.Tensor> leaked) : IMethod<IDenoiser>, IScheduledMethod
    {
        private readonly NetworkCard _card = new("number", 1);

        public INoiseSchedule Schedule => flaw == Flaw.TellsOtherSchedule ? new TinyGaussian(new(1, 1, 1)) : new Model(flaw, null!, new(1, 1, 1));

        public IDenoiser Train(TrainingContext context)
        {
            if (flaw == Flaw.SetsThreads)
            {
                torch.set_num_threads(torch.get_num_threads() + 1);
            }

            var (settings, host) = (context.Settings, context.Host);
            var last = flaw == Flaw.ForgetsState && host.LastState() is { } state ? state with { Contents = Start() } : host.LastState();
            using var sum = (last?.Contents ?? Start()).Tensors["sum"].DetachFromDisposeScope();
            for (var step = last?.Step ?? 0; step < settings.Steps; step++)
            {
                Step(context, step, sum);
                foreach (var fraction in settings.Checkpoints.Where(f => flaw != Flaw.KeepsNothing && settings.StepOf(f) == step + 1))
                {
                    using var model = Load(new(new Dictionary<string, torch.Tensor> { ["sum"] = sum }), context.Model);
                    host.Keep(fraction, model.ToCheckpoint());
                }

                if (host.SaveDue)
                {
                    host.Save(new(step + 1, new(new Dictionary<string, torch.Tensor> { ["sum"] = sum })));
                }
            }

            return new Model(flaw, sum.clone().DetachFromDisposeScope(), context.Model.Data.Shape);
        }

        public IDenoiser Load(Checkpoint checkpoint, ModelContext context)
        {
            var sum = checkpoint.Tensors["sum"];
            return new Model(flaw, flaw switch
            {
                Flaw.ForgetsOnLoad => (sum * 0).DetachFromDisposeScope(),
                Flaw.KeepsLoadedTensors => sum,
                _ => sum.clone().DetachFromDisposeScope(),
            }, context.Data.Shape);
        }

        private static Checkpoint Start() => new(new Dictionary<string, torch.Tensor> { ["sum"] = torch.zeros([1], torch.float64) });

        // What a network would tell of a step.
        private void Evaluate(TrainingContext context)
        {
            var (batch, parts) = (context.Settings.Batch, flaw == Flaw.IgnoresParts ? 1 : context.Settings.Accumulate);
            for (var i = 0; i < (flaw == Flaw.IgnoresEvaluations ? 3 : 1) * parts; i++)
            {
                context.Model.Meter.Count(_card, batch / parts, trains: true);
            }
        }

        private void Step(TrainingContext context, long step, torch.Tensor sum)
        {
            using var scope = flaw == Flaw.LeavesTensors ? null : torch.NewDisposeScope();
            if (flaw != Flaw.IgnoresToken)
            {
                context.Cancellation.ThrowIfCancellationRequested();
            }

            Evaluate(context);
            var noise = flaw == Flaw.IgnoresSeed ? new StepNoise(1, "x", torch.CPU) : context.Noise("x");
            sum.add_(noise.Normal(step, 1).abs());
            if (flaw == Flaw.OwnRandomNumbers)
            {
                sum.add_(count());
            }

            if (flaw == Flaw.DrawsInParts)
            {
                sum.add_(0.1 * context.Settings.Accumulate);
            }

            if (flaw == Flaw.NotFinite)
            {
                sum.fill_(double.NaN);
            }

            if (flaw == Flaw.LeaksTensors)
            {
                leaked.Add(sum.clone().DetachFromDisposeScope());
            }
        }
    }

    /// <summary>D(x; sigma) = x / (1 + sigma²) + the number.</summary>
    private sealed class Model(Flaw flaw, torch.Tensor sum, DataShape shape) : IDenoiser, INoiseSchedule
    {
        public INoiseSchedule Schedule => this;

        public DataShape Shape => shape;

        public IReadOnlyList<NetworkCard> Networks => [new("number", 1)];

        public double SigmaMin => 0.01;

        public double SigmaMax => 10;

        public int? Steps => null;

        public double Scale(double t) => 1;

        public double Sigma(double t) => t;

        public double Time(double sigma) => sigma;

        public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
        {
            using var scope = torch.NewDisposeScope();
            var clean = (x / (1 + (sigma * sigma).view(-1, 1, 1, 1))) + sum.to(x.dtype);
            return (flaw switch
            {
                Flaw.Float32 => clean.to(torch.float32),
                Flaw.MixesRows => clean - clean.mean(),
                _ => clean,
            }).MoveToOuterDisposeScope();
        }

        public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal().mul_(level);

        public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor> { ["sum"] = sum });

        public void Dispose() => sum.Dispose();
    }
}
