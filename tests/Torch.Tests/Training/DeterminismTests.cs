namespace Dfx.Torch.Tests.Training;

/// <summary>Same seed, same thread count: the same parameters to the last bit.</summary>
[NonParallelizable]
public sealed class DeterminismTests
{
    private const int Steps = 50;

    [TestCase(1)]
    [TestCase(2)]
    public void Fifty_steps_twice_end_in_the_same_bits(int threads)
    {
        var before = torch.get_num_threads();
        torch.set_num_threads(threads);
        try
        {
            var first = Trained(seed: 7);
            Assert.That(Trained(seed: 7), Is.EqualTo(first));
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }

    [Test]
    public void Another_seed_ends_elsewhere() => Assert.That(Trained(seed: 7), Is.Not.EqualTo(Trained(seed: 8)));

    [Test]
    public void Training_learns()
    {
        using var run = new TrainingRun(3);
        var losses = Enumerable.Range(0, 300).Select(_ => run.Step()).ToList();
        Assert.That(losses.TakeLast(50).Average(), Is.LessThan(0.6 * losses.Take(10).Average()));
    }

    private static byte[] Trained(long seed)
    {
        using var run = new TrainingRun(seed);
        for (var i = 0; i < Steps; i++)
        {
            run.Step();
        }

        return run.Parameters();
    }
}
