using Dfx.Metrics.Distances;

namespace Dfx.Metrics.Tests;

public sealed class InceptionScoreTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Begin() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void End() => _scope.Dispose();

    [Test]
    public void The_scores_are_those_of_torch_fidelity()
    {
        var logits = Golden.Tensor("is_logits");
        var order = Golden.Tensor("is_permutation").to(torch.int64);

        Matches(InceptionScore.Of(logits, 10), "is_plain");
        Matches(InceptionScore.Of(logits.index_select(0, order), 10), "is_shuffled");
        Assert.That(InceptionScore.Of(logits, 1).Single(), Is.EqualTo(Golden.Number("is_1split")).Within(1e-9));
    }

    [Test]
    public void Logits_that_say_nothing_score_one() =>
        Assert.That(InceptionScore.Of(torch.full([37, 6], 2.5), 10), Is.All.EqualTo(1).Within(1e-12));

    // The other classes' probabilities underflow to 0, whose logarithms are infinite.
    [Test]
    public void Certain_and_balanced_classes_score_their_number()
    {
        var logits = torch.eye(7, dtype: torch.float64).repeat(20, 1) * 1e3;
        Assert.That(InceptionScore.Of(logits, 10), Is.All.EqualTo(7).Within(1e-9));
    }

    private static void Matches(double[] scores, string name)
    {
        var mean = scores.Average();
        Assert.That(mean, Is.EqualTo(Golden.Number($"{name}_mean")).Within(1e-9));
        Assert.That(Math.Sqrt(scores.Average(s => (s - mean) * (s - mean))), Is.EqualTo(Golden.Number($"{name}_std")).Within(1e-9));
    }
}
