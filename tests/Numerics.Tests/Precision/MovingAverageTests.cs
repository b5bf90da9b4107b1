namespace Dfx.Numerics.Tests.Precision;

/// <summary>Averages of parameters against their closed form.</summary>
public sealed class MovingAverageTests
{
    // From 0 towards a constant c, n steps leave c (1 - decay^n).
    [TestCase(0.9, 10)]
    [TestCase(0.999, 50)]
    [TestCase(0, 1)]
    [TestCase(1, 3)]
    public void Towards_a_constant_it_goes_as_a_geometric_series(double decay, int steps)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] averages = [torch.zeros([2, 3], torch.float64), torch.zeros([4], torch.float64)];
        torch.Tensor[] currents = [torch.full([2, 3], 5.0, torch.float64), torch.full([4], -2.0, torch.float64)];
        for (var i = 0; i < steps; i++)
        {
            MovingAverage.Update(averages, currents, decay);
        }

        var share = 1 - Math.Pow(decay, steps);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(averages[0].data<double>().ToArray(), Is.All.EqualTo(5 * share).Within(1e-12));
            Assert.That(averages[1].data<double>().ToArray(), Is.All.EqualTo(-2 * share).Within(1e-12));
        }
    }

    [Test]
    public void Parameters_that_need_gradients_are_averaged_outside_of_the_graph()
    {
        using var scope = torch.NewDisposeScope();
        var average = torch.zeros(3);
        MovingAverage.Update([average], [torch.ones(3).with_requires_grad()], 0.5);
        Assert.That(average.requires_grad, Is.False);
    }

    [Test]
    public void Other_shapes_counts_and_decays_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (torch.zeros(3, 4), torch.zeros(4));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => MovingAverage.Update([a], [b], 0.5), Throws.ArgumentException.With.Message.Contains("[3, 4]"));
            Assert.That(() => MovingAverage.Update([a], [], 0.5), Throws.ArgumentException);
            Assert.That(() => MovingAverage.Update([a], [a], 1.5), Throws.ArgumentException);
            Assert.That(() => MovingAverage.Update([a], [a], double.NaN), Throws.ArgumentException);
        }
    }
}
