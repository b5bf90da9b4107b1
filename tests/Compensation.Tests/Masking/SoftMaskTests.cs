using Dfx.Compensation.Masking;

namespace Dfx.Compensation.Tests.Masking;

/// <summary>Eq. 13 with a mask for the corruption, element by element.</summary>
[TestFixture]
internal sealed class SoftMaskTests
{
    private DisposeScope _scope = null!;
    private torch.Tensor _truth = null!;
    private torch.Tensor _mask = null!;

    [SetUp]
    public void SetUp()
    {
        _scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(3, torch.CPU);
        _truth = (torch.rand([4, 2, 5, 5], torch.float32, generator: generator) * 2) - 1;
        _mask = torch.rand([4, 1, 5, 5], torch.float32, generator: generator).gt(0.4).to(torch.float32);
    }

    [TearDown]
    public void TearDown()
    {
        _truth.Dispose();
        _mask.Dispose();
        _scope.Dispose();
    }

    /// <summary>The mask written out: a known pixel is whole at all times, a hidden one fades in equal steps to 0.</summary>
    [Test]
    public void Hidden_pixels_fade_in_equal_steps([Values(1, 4, 100)] int steps)
    {
        for (var step = 0; step <= steps; step++)
        {
            var expected = torch.where(_mask.gt(0), _truth, _truth * (1 - ((double)step / steps)));
            Assert.That((SoftMask.Forward(_truth, _mask, At((double)step / steps)) - expected).abs().max().ToDouble(), Is.LessThan(1e-6));
        }
    }

    /// <summary>Whatever the estimate is, the step with the true term ends where the forward process is, for single steps and jumps.</summary>
    [TestCase(100, 1)]
    [TestCase(100, 7)]
    [TestCase(1000, 1)]
    public void With_the_true_term_the_step_is_exact(int steps, int jump)
    {
        using var generator = new torch.Generator(4, torch.CPU);
        for (var step = steps; step >= jump; step -= Math.Max(1, steps / 50))
        {
            var (t, next) = (At((double)step / steps), At((double)(step - jump) / steps));
            var estimate = torch.randn([4, 2, 5, 5], torch.float32, generator: generator) * 3;
            var state = SoftMask.Forward(_truth, _mask, t);
            var after = SoftMask.Step(state, estimate, _mask, t, next) + Term(estimate, _truth, _mask, t, next);
            Assert.That((after - SoftMask.Forward(_truth, _mask, next)).abs().max().ToDouble(), Is.LessThan(1e-5));
        }
    }

    /// <summary>With the truth for the estimate there is nothing to compensate, bit for bit.</summary>
    [Test]
    public void A_perfect_estimate_needs_no_term()
    {
        var (t, next) = (At(0.6), At(0.5));
        Assert.That(Term(_truth, _truth, _mask, t, next).abs().max().ToDouble(), Is.Zero);
        Assert.That(
            (SoftMask.Step(SoftMask.Forward(_truth, _mask, t), _truth, _mask, t, next) - SoftMask.Forward(_truth, _mask, next)).abs().max().ToDouble(),
            Is.LessThan(1e-6));
    }

    /// <summary>w = m_t - m_s is 0 on known pixels and -(t - s) on hidden ones: negative, as in the Gaussian case.</summary>
    [Test]
    public void The_weight_is_negative_where_pixels_are_hidden()
    {
        var weight = Term(_truth + 1, _truth, _mask, At(0.75), At(0.5));
        var expected = torch.where(_mask.gt(0), 0.0, -0.25).expand(4, 2, 5, 5);
        Assert.That((weight - expected).abs().max().ToDouble(), Is.LessThan(1e-6));
    }

    private static torch.Tensor At(double t) => torch.full([4], t, torch.float64);

    // c* = w (x̂0 - x0) with w = m_t - m_s elementwise (Lu et al. 2024, Eq. 12).
    private static torch.Tensor Term(torch.Tensor clean, torch.Tensor truth, torch.Tensor mask, torch.Tensor t, torch.Tensor next) =>
        (SoftMask.At(mask, t) - SoftMask.At(mask, next)) * (clean - truth);
}
