using Dfx.Harness.Execution.Models;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>The meter of a batch and its budget.</summary>
[TestFixture]
internal sealed class EvaluationMeterTests
{
    [TestCase(1, 7)]
    [TestCase(2, null)]
    public void Of_a_spent_budget_a_correction_still_has_one_call(int times, int? used)
    {
        var network = new NetworkCard("ddpmpp", 1) { Reports = true };
        var meter = new EvaluationMeter(6, 4, [network], CancellationToken.None);
        using var x = torch.zeros(4, 1, 8, 8);
        void Call() => meter.Count(new(NetworkOwner.Model, network, 4, false));
        for (var i = 0; i < 6; i++)
        {
            Call();
        }

        torch.Tensor Asked()
        {
            for (var i = 0; i < times; i++)
            {
                Call();
            }

            return x;
        }

        if (used is { } most)
        {
            _ = meter.Correct(null, Asked);
            Assert.That(meter.Main, Is.EqualTo(most));
        }
        else
        {
            Assert.That(() => meter.Correct(null, Asked), Throws.InvalidOperationException.With.Message.EqualTo(
                "the correction asked for 2 network evaluations an image beside 6 of the sampler; its budget is 7"));
        }
    }
}
