using Dfx.Harness.Execution.Models;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>A control that has as many evaluations as a corrected cell, on its sampler's whole way.</summary>
public sealed class MatchedControlTests
{
    private ScratchFolder _scratch = null!;
    private WorkerSession _session = null!;
    private DisposeScope _scope = null!;

    [SetUp]
    public void Make() => (_scratch, _scope, _session) = (new(), torch.NewDisposeScope(), null!);

    [TearDown]
    public void Remove()
    {
        _session?.Dispose();
        _scope.Dispose();
        _scratch.Dispose();
    }

    // Heun's N levels take 2 N - 1 evaluations: EDM's N = 18 at 35. At level 15 of them 30 are spent, and with one of the correction 31 make N = 16.
    [TestCase(2, 35, 15, 1, 31)]
    [TestCase(2, 35, 15, 2, 31)]
    [TestCase(2, 35, 17, 1, 35)]
    [TestCase(1, 20, 12, 1, 13)]
    [TestCase(1, 20, 12, 0, 12)]
    [TestCase(1, 20, 1, 50, 51)]
    public void It_spends_what_the_corrected_cell_would(int order, int budget, int stop, int evaluations, double used)
    {
        var desk = Desk(budget);
        using var network = desk.Network();
        using var model = new CountedModel([network.Card], network.Evaluate);
        var setup = Setup(desk, model, new OrderSampler(order), budget, stop).Matched(desk, new Control(evaluations));
        using var run = new SamplingRun(desk, setup);
        run.All();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.Outcome.NfeUsed, run.Outcome.NfeCorrection, run.Outcome.Nfe), Is.EqualTo((used, 0.0, budget)));
            Assert.That((setup.Budget, setup.Correction, setup.Stop), Is.EqualTo((stop * order + evaluations, (ITrainedCorrection?)null, setup.Levels.Count - 1)));
            Assert.That(setup.Levels[^1], Is.Zero, "it goes all the way");
        }
    }

    /// <summary>What the trial evaluates is no part of the cell.</summary>
    [Test]
    public void A_budget_that_the_sampler_cannot_honour_does_not_apply()
    {
        var desk = Desk(6);
        using var network = desk.Network();
        using var model = new CountedModel([network.Card], network.Evaluate);
        Assert.That(() => Setup(desk, model, new OrderSampler(1, most: 6), 6, 4).Matched(desk, new Control(3)), Throws.TypeOf<NotApplicableException>().With.Message.EqualTo(
            "the sampler cannot run with the 7 evaluations of a corrected cell: at most 6 evaluations"));
    }

    private static SamplingSetup Setup(JobDesk desk, IDenoiser model, object sampler, int budget, int stop)
    {
        var bound = BoundSampler.Of(sampler, model);
        return new(bound, new Control(0), budget, bound.Levels(budget), stop, budget, desk.ModelContext);
    }

    /// <summary>The plan's sampler has no part in it but its name.</summary>
    private JobDesk Desk(int nfe)
    {
        var results = new ResultsFolder(_scratch.Path);
        results.Create();
        _session = new(_scratch.At("cache/x")[..^2]);
        var cell = Plans.Make(Matrices.Read(("samples", "3"), ("sampling-batch", "2"), ("nfe", $"{nfe}"))).Cells.Single();
        return new(cell, _session, results, torch.CPU, new Silent(), 100, CancellationToken.None);
    }

    /// <summary>Two evaluations a step but one at the last, as Heun's method, or one at every step, as Euler's.</summary>
    private sealed class OrderSampler(int order, int most = int.MaxValue) : ISampler<IDenoiser>
    {
        public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => nfe > most
            ? throw new NotApplicableException($"at most {most} evaluations")
            : [.. Enumerable.Range(0, (nfe + order - 1) / order).Select(i => 10 - (0.1 * i)), 0];

        public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
        {
            var x = request.Start.clone();
            foreach (var (_, sigma, next) in request.Steps())
            {
                for (var i = 0; i < (next > 0 ? order : 1); i++)
                {
                    x = model.Denoise(x, request.Fill(sigma));
                }
            }

            return x;
        }
    }

    private sealed class Control(int evaluations) : IMatchedControl
    {
        public NetworkCard? Network => null;

        public int Evaluations => evaluations;

        public int StopIndex(IReadOnlyList<double> sigmas) => throw new NotSupportedException();

        public torch.Tensor Apply(CorrectionRequest request) => throw new NotSupportedException();

        public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

        public void Dispose()
        {
        }
    }
}
