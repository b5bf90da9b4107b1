using Dfx.Harness.Execution.Models;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Evaluations of a cell are counted where networks run, whoever runs them.</summary>
public sealed class EvaluationTests
{
    private const int Budget = 6;

    private CellDesk _cell = null!;
    private JobDesk _desk = null!;

    [SetUp]
    public void Make()
    {
        _cell = new(("samples", "3"), ("sampling-batch", "2"), ("nfe", $"{Budget}"));
        _desk = _cell.Desk;
    }

    [TearDown]
    public void Remove() => _cell.Dispose();

    [Test]
    public void A_network_that_reports_is_measured()
    {
        using var network = _desk.Network();
        var outcome = Sampled(Model([network.Card], network.Evaluate), new CallingSampler());
        var each = network.Card.MultiplyAdds!.Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((outcome.NfeUsed, outcome.NfeAuxiliary, outcome.NfeCorrection, outcome.NfeCounted), Is.EqualTo((6.0, 0.0, 0.0, "measured")));
            Assert.That((outcome.MultiplyAdds, outcome.NfeEquivalent), Is.EqualTo((6.0 * each, 6.0)));
        }
    }

    /// <summary>Whatever the card says, the network tells.</summary>
    [TestCase(1, 2, null)]
    [TestCase(2, 2, 6.0)]
    [TestCase(2, 1, 3.0)]
    public void A_model_that_runs_its_network_twice_is_counted_twice(int declared, int runs, double? used)
    {
        using var network = _desk.Network();
        var model = Model([network.Card with { EvaluationsPerCall = declared }], x =>
        {
            for (var i = 0; i < runs; i++)
            {
                network.Evaluate(x);
            }
        });
        if (used is { } expected)
        {
            var outcome = Sampled(model, new CallingSampler());
            Assert.That((outcome.NfeUsed, outcome.NfeCounted), Is.EqualTo((expected, "measured")), "the sampler has half of the calls");
            return;
        }

        Assert.That(() => Sampled(model, new CallingSampler()), Throws.InvalidOperationException.With.Message.EqualTo(
            "the sampler asked for 7 network evaluations an image; its budget is 6"));
    }

    [Test]
    public void A_budget_below_one_call_does_not_apply()
    {
        using var network = _desk.Network();
        var model = Model([network.Card with { EvaluationsPerCall = 7 }], network.Evaluate);
        Assert.That(() => SamplingSetup.Of(_desk, model, null), Throws.TypeOf<NotApplicableException>().With.Message.EqualTo(
            "a call of the model takes 7 network evaluations, and the budget is 6"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_sampler_that_calls_more_often_than_its_budget_is_refused(bool reports)
    {
        using var network = _desk.Network();
        var model = reports ? Model([network.Card], network.Evaluate) : Model([new("own", 5)], _ => { });
        Assert.That(() => Sampled(model, new CallingSampler(calls: 2)), Throws.InvalidOperationException.With.Message.EqualTo(
            "the sampler asked for 7 network evaluations an image; its budget is 6"));
    }

    /// <summary>A plugin that holds on to the unwrapped model gains nothing by it.</summary>
    [Test]
    public void A_network_behind_the_wrapper_counts()
    {
        using var network = _desk.Network();
        var model = Model([network.Card], network.Evaluate);
        Assert.That(() => Sampled(model, new CallingSampler(beside: network.Evaluate)), Throws.InvalidOperationException);
        Assert.That(Sampled(model, new CallingSampler(calls: 0, beside: network.Evaluate)).NfeUsed, Is.EqualTo(6));
    }

    /// <summary>A second call of a network inside of one, on a thread of its own.</summary>
    [Test]
    public void A_network_that_runs_on_another_thread_counts()
    {
        using var network = _desk.Network();
        var model = Model([network.Card], x =>
        {
            network.Evaluate(x);
            var other = new Thread(() => network.Evaluate(x));
            other.Start();
            other.Join();
        });
        Assert.That(Sampled(model, new CallingSampler(), calls: Budget / 2).NfeUsed, Is.EqualTo(6));
    }

    /// <summary>A sampler that keeps the model of a batch, or a network of a job, and runs it in the next one.</summary>
    [Test]
    public void What_was_kept_of_another_batch_or_job_does_not_run()
    {
        IDenoiser? kept = null;
        torch.Tensor Keep(IDenoiser model, torch.Tensor x) => (kept ??= model).Denoise(x, torch.ones(x.shape[0]));
        using var network = _desk.Network();
        var model = Model([network.Card], network.Evaluate);
        Assert.That(() => Sampled(model, new KeepingSampler(Keep), calls: 1), Throws.InvalidOperationException.With.Message.StartsWith("the model of another batch was called"));
        using var x = torch.zeros(1, 1, 8, 8);
        Assert.That(() => network.Evaluate(x), Throws.Nothing, "between phases");
        _desk.Meter.End();
        Assert.That(() => network.Evaluate(x), Throws.InvalidOperationException.With.Message.Contains("of a job that has ended was evaluated"));
    }

    [Test]
    public void A_prior_that_runs_the_network_counts()
    {
        using var network = _desk.Network();
        var model = new CountedModel([network.Card], network.Evaluate, network.Evaluate);
        Assert.That(Sampled(model, new CallingSampler(), calls: Budget - 1).NfeUsed, Is.EqualTo(6));
        Assert.That(() => Sampled(model, new CallingSampler()), Throws.InvalidOperationException.With.Message.EqualTo(
            "the sampler asked for 6 network evaluations an image beside 1 of the model's prior; its budget is 6"));
    }

    [Test]
    public void A_correction_that_runs_its_network_twice_counts_two()
    {
        using var own = _desk.Network(owner: NetworkOwner.Correction, channels: 8);
        using var network = _desk.Network();
        var correction = new CountedCorrection(own.Card, request =>
        {
            own.Evaluate(request.State);
            own.Evaluate(request.State);
        });
        var outcome = Sampled(Model([network.Card], network.Evaluate), new CallingSampler(), correction);
        var (one, two) = (network.Card.MultiplyAdds!.Value, own.Card.MultiplyAdds!.Value);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((outcome.NfeUsed, outcome.NfeCorrection, outcome.NfeCounted), Is.EqualTo((5.0, 2.0, "measured")));
            Assert.That(outcome.MultiplyAdds, Is.EqualTo((5.0 * one) + (2.0 * two)));
            Assert.That(outcome.NfeEquivalent, Is.EqualTo(5 + (2.0 * two / one)).Within(1e-8));
        }
    }

    [Test]
    public void A_correction_that_asks_the_model_spends_the_budget()
    {
        using var network = _desk.Network();
        var model = Model([network.Card], network.Evaluate);
        CountedCorrection Asking(int times) => new(null, request =>
        {
            for (var i = 0; i < times; i++)
            {
                _ = request.Target!.Denoise(request.State, torch.full(request.State.shape[0], request.Sigma, request.State.dtype));
            }
        });
        var outcome = Sampled(model, new CallingSampler(), Asking(1));
        Assert.That((outcome.NfeUsed, outcome.NfeCorrection), Is.EqualTo((6.0, 0.0)));
        Assert.That(() => Sampled(model, new CallingSampler(), Asking(2)), Throws.InvalidOperationException.With.Message.EqualTo(
            "the correction asked for 2 network evaluations an image beside 5 of the sampler; its budget is 6"));
    }

    [Test]
    public void A_correction_whose_network_is_its_own_is_declared()
    {
        using var network = _desk.Network();
        var correction = new CountedCorrection(new("own", 1) { EvaluationsPerCall = 3 }, _ => { });
        var outcome = Sampled(Model([network.Card], network.Evaluate), new CallingSampler(), correction);
        Assert.That((outcome.NfeUsed, outcome.NfeCorrection, outcome.NfeCounted, outcome.MultiplyAdds), Is.EqualTo((5.0, 3.0, "declared", (double?)null)));
    }

    [Test]
    public void A_module_from_elsewhere_is_declared()
    {
        var model = Model([new("own", 5) { MultiplyAdds = 100 }, new("other", 5) { EvaluationsPerCall = 2, Role = NetworkRole.Auxiliary, MultiplyAdds = 10 }], _ => { });
        var outcome = Sampled(model, new CallingSampler());
        Assert.That((outcome.NfeUsed, outcome.NfeAuxiliary, outcome.NfeCounted), Is.EqualTo((6.0, 12.0, "declared")));
        Assert.That((outcome.MultiplyAdds, outcome.NfeEquivalent), Is.EqualTo((720.0, 7.2)));
    }

    /// <summary>A card of a network that reports, and something else that does the work.</summary>
    [Test]
    public void A_card_whose_network_never_runs_is_declared()
    {
        using var network = _desk.Network();
        var outcome = Sampled(Model([network.Card], _ => { }), new CallingSampler());
        Assert.That((outcome.NfeUsed, outcome.NfeCounted), Is.EqualTo((6.0, "declared")));
    }

    [Test]
    public void A_second_network_counts_when_it_runs()
    {
        using var main = _desk.Network();
        using var second = _desk.Network(NetworkRole.Auxiliary);
        var model = new CountedVarianceModel([main.Card, second.Card], main.Evaluate, second.Evaluate);
        var plain = Sampled(model, new CallingSampler());
        var whole = Sampled(model, new VarianceSampler());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Card.Name, Is.EqualTo("second"));
            Assert.That((plain.NfeUsed, plain.NfeAuxiliary, plain.NfeCounted), Is.EqualTo((6.0, 0.0, "measured")));
            Assert.That((whole.NfeUsed, whole.NfeAuxiliary, whole.NfeEquivalent), Is.EqualTo((6.0, 6.0, 12.0)));
        }
    }

    /// <summary>A model may use its source's main network as a second one, under another name: its own card says so.</summary>
    [Test]
    public void A_network_is_what_the_card_of_the_model_says()
    {
        using var main = _desk.Network();
        using var guide = _desk.Network();
        var model = Model([main.Card, guide.Card with { Name = "guide", Role = NetworkRole.Auxiliary }], x =>
        {
            main.Evaluate(x);
            guide.Evaluate(x);
        });
        var outcome = Sampled(model, new CallingSampler());
        Assert.That((outcome.NfeUsed, outcome.NfeAuxiliary), Is.EqualTo((6.0, 6.0)), "though the cards of both networks say the same");
        Assert.That(() => Sampled(Model([main.Card], x => { main.Evaluate(x); guide.Evaluate(x); }), new CallingSampler()),
            Throws.InvalidOperationException, "one that the model does not list is what its own card says");
    }

    [Test]
    public void Levels_are_chosen_without_a_network()
    {
        using var network = _desk.Network();
        var model = Model([network.Card], network.Evaluate);
        using var phase = _desk.Meter.Refuse("levels were chosen");
        Assert.That(() => BoundSampler.Of(new CallingSampler(levels: () => network.Evaluate(torch.zeros(1, 1, 8, 8))), model).Levels(3),
            Throws.InvalidOperationException.With.Message.EqualTo("the network 'light' was evaluated while levels were chosen: evaluations there would go uncounted"));
    }

    [Test]
    public void Nobody_counts_between_phases_but_the_token_is_looked_at()
    {
        using var stop = new CancellationTokenSource();
        var meter = new JobMeter(stop.Token).Of(NetworkOwner.Model);
        meter.Count(new("n", 1), 1, false);
        stop.Cancel();
        Assert.That(() => meter.Count(new("n", 1), 1, false), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>Six evaluations: at six levels, or twice at each of three.</summary>
    [TestCase(6, 1, 5, 5)]
    [TestCase(6, 1, 6, null)]
    [TestCase(3, 2, 5, null)]
    [TestCase(3, 2, 2, 2)]
    [TestCase(6, 1, null, null)]
    public void More_noise_levels_than_were_trained_are_told(int levels, int calls, int? trained, int? beyond)
    {
        using var network = _desk.Network();
        using var model = new CountedModel([network.Card], network.Evaluate) { Steps = trained };
        var bound = BoundSampler.Of(new CallingSampler(calls), model);
        using var run = new SamplingRun(_desk, new(bound, null, levels, bound.Levels(levels), levels, Budget, _desk.ModelContext));
        run.WarmUp();
        run.All();
        Assert.That((run.Outcome.NfeUsed, run.Outcome.Levels, run.Outcome.TrainedSteps, run.Outcome.BeyondSteps), Is.EqualTo((6.0, levels, trained, beyond)));
    }

    private static CountedModel Model(IReadOnlyList<NetworkCard> networks, Action<torch.Tensor> run) => new(networks, run);

    /// <summary>A cell of three images in batches of two.</summary>
    private JobOutcome Sampled(IDenoiser model, object sampler, ITrainedCorrection? correction = null, int? calls = null)
    {
        var bound = BoundSampler.Of(sampler, model);
        var each = Math.Max(1, model.Networks.Where(n => n.Role == NetworkRole.Main).Sum(n => n.EvaluationsPerCall));
        var (most, levels) = (calls ?? Budget / each, bound.Levels(calls ?? Budget / each));
        using var run = new SamplingRun(_desk, new(bound, correction, most, levels, correction is null ? most : most - 1, Budget, _desk.ModelContext));
        run.All();
        return run.Outcome;
    }
}
