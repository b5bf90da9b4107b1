namespace MyMethod.Tests;

/// <summary>The loss weight against its closed form: (sigma² + 0.5²) / (0.5 sigma)² is EDM's (Karras et al. 2022, Table 1).</summary>
public sealed class WeightTests
{
    [Test]
    public void It_is_EDMs_times_a_power_of_sigma([Values(0, 0.5, -1)] double power, [Values(0.1, 1, 20)] double sigma)
    {
        using var scope = torch.NewDisposeScope();
        var weight = new WeightedProcess(new EdmProcess(), power).Weight(torch.tensor([sigma]));
        var expected = ((sigma * sigma) + 0.25) / Math.Pow(0.5 * sigma, 2) * Math.Pow(sigma, power);
        Assert.That(weight.item<double>(), Is.EqualTo(expected).Within(1e-9).Percent);
    }
}
