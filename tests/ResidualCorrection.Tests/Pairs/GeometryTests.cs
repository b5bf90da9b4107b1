using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection.Tests.Pairs;

/// <summary>Turned and cropped images, against places that are known.</summary>
[TestFixture]
internal sealed class GeometryTests
{
    private const float Off = 0.9f;
    private const float On = 0.1f;

    [Test]
    public void Images_that_are_not_chosen_stay_exactly_what_they_are()
    {
        using var scope = torch.NewDisposeScope();
        var images = Problem.Uniform("image", 3, 2, 8, 8).@float();
        var numbers = torch.tensor(new[] { Off, 0.3f, Off, 0.3f, 0.2f, 0.7f }).expand(3, -1);
        Assert.That(Problem.Same(new Geometry(true, true).Apply(images, numbers), images), Is.True);
        Assert.That(Problem.Same(new Geometry(false, false).Apply(images, torch.zeros_like(numbers)), images), Is.True);
    }

    [Test]
    public void Turned_by_15_degrees_a_ramp_is_a_ramp_in_that_direction()
    {
        using var scope = torch.NewDisposeScope();
        const int size = 32;
        // 15 degrees less a little: u = 1 is open. The middle is looked at, where no pixel comes from outside.
        var (x, y) = (Axis(size).view(1, -1), Axis(size).view(-1, 1));
        var ramp = x.expand(size, size).contiguous().view(1, 1, size, size);
        var turned = new Geometry(true, false).Apply(ramp, torch.tensor(new[] { On, 1f, Off, 0f, 0f, 0f }).view(1, -1));
        var angle = 15 * Math.PI / 180;
        var expected = (x * Math.Cos(angle)) - (y * Math.Sin(angle));
        Assert.That((turned[0, 0] - expected).slice(0, 8, 24, 1).slice(1, 8, 24, 1).abs().max().ToDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void A_crop_enlarges_what_it_keeps()
    {
        using var scope = torch.NewDisposeScope();
        const int size = 32;
        var ramp = Axis(size).view(1, -1).expand(size, size).contiguous().view(1, 1, size, size);
        // The smallest area, 0.8, at its leftmost place.
        var cropped = new Geometry(false, true).Apply(ramp, torch.tensor(new[] { Off, 0f, On, 0f, 0f, 0.5f }).view(1, -1));
        var side = Math.Sqrt(0.8);
        var expected = (Axis(size) * side) - (1 - side);
        Assert.That((cropped[0, 0, 16] - expected).slice(0, 2, 30, 1).abs().max().ToDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void Beyond_the_edge_pixels_are_reflected()
    {
        using var scope = torch.NewDisposeScope();
        // Turned, the corner's pixel comes from outside. Of a cosine that is even about both edges a reflection is the cosine itself, and neither 0 nor the edge's pixel.
        const int size = 64;
        var x = Axis(size).@double();
        var wave = ((x + 1) * Math.PI * 4).cos();
        var image = (wave.view(1, -1) * wave.view(-1, 1)).@float().view(1, 1, size, size);
        var turned = new Geometry(true, false).Apply(image, torch.tensor(new[] { On, 1f, Off, 0f, 0f, 0f }).view(1, -1));
        var angle = 15 * Math.PI / 180;
        var (column, row) = (x.view(1, -1), x.view(-1, 1));
        var (from, down) = ((column * Math.Cos(angle)) - (row * Math.Sin(angle)), (column * Math.Sin(angle)) + (row * Math.Cos(angle)));
        var expected = ((from + 1) * Math.PI * 4).cos() * ((down + 1) * Math.PI * 4).cos();
        Assert.That((turned[0, 0].@double() - expected).abs().max().ToDouble(), Is.LessThan(0.05));
    }

    // Places of pixels' middles from -1 to 1.
    private static torch.Tensor Axis(int size) => ((torch.arange(size, torch.float32) + 0.5) * (2.0 / size)) - 1;
}
