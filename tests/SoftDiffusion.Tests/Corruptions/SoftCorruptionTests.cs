namespace Dfx.SoftDiffusion.Tests.Corruptions;

[TestFixture]
internal sealed class SoftCorruptionTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<ILinearCorruption> Operators() => [new GaussianBlur(12, 12, 12, 5), new Masking(12, 12)];

    // Black is 0 in one range and -1 in the other.
    [TestCaseSource(nameof(Operators))]
    public void It_is_the_corruption_of_images_between_0_and_1(ILinearCorruption linear)
    {
        var (corruption, t) = (Soft(linear), torch.tensor([0.0, 1e-5, 0.1, 0.4, 0.8, 1]));
        var x = Images.Smooth(6, 3, 12, 12);
        var expected = (linear.Apply(x, corruption.Schedule.Levels(t)) * 2) - 1;
        Assert.That(corruption.Apply((x * 2) - 1, t).MaxError(expected), Is.LessThan(1e-12));
        Assert.That(corruption.Apply(((x * 2) - 1).@float(), t.@float()).MaxError(expected), Is.LessThan(1e-5));
        Assert.That(new[] { 0, 1e-5, 0.1, 0.5, 1 }.Select(corruption.Sigma), Is.EqualTo(new[] { 0, 0.02, 0.02 * Math.Pow(10, 0.1 / 0.18), 0.2, 0.2 }).Within(1e-5));
    }

    [TestCaseSource(nameof(Operators))]
    public void Where_noise_alone_grows_images_stay_as_they_are(ILinearCorruption linear)
    {
        var corruption = Soft(linear);
        var (x, t) = (Images.Normal("x", 4, 3, 12, 12), torch.tensor([0, 1e-5, 0.1, 0.18]));
        Assert.That(corruption.Apply(x, t).eq(x).all().ToBoolean());
        Assert.That(corruption.Apply(x.@float(), t.@float()).eq(x.@float()).all().ToBoolean());
        Assert.That(new[] { 0, 1e-5, 0.1, 0.18, 0.9 }.Select(corruption.IsIdentity), Is.EqualTo(new[] { true, true, true, true, false }));
    }

    [TestCaseSource(nameof(Operators))]
    public void Of_differences_it_is_linear(ILinearCorruption linear)
    {
        var corruption = Soft(linear);
        var (x, y, t) = (Images.Normal("x", 3, 1, 12, 12), Images.Normal("y", 3, 1, 12, 12), torch.tensor([0.3, 0.7, 1]));
        var difference = corruption.Apply(x, t) - corruption.Apply(y, t);
        Assert.That(corruption.Linear(x - y, t).MaxError(difference), Is.LessThan(1e-12));
    }

    [TestCaseSource(nameof(Operators))]
    public void The_gradient_flows_through_it(ILinearCorruption linear)
    {
        var corruption = Soft(linear);
        var (x, y, t) = (Images.Normal("x", 3, 1, 12, 12), Images.Normal("y", 3, 1, 12, 12), torch.tensor([0.3, 0.7, 1]));
        x.requires_grad = true;
        (corruption.Apply(x, t) * y).sum().backward();
        Assert.That(x.grad!.MaxError(corruption.Linear(y, t)), Is.LessThan(1e-12), "C is symmetric");
    }

    private static SoftCorruption Soft(ILinearCorruption linear) => new(linear, new([linear.Least, linear.Most]));
}
