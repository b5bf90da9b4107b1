using Dfx.Metrics.Paired;

namespace Dfx.Metrics.Tests;

public sealed class PairedTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Begin() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void End() => _scope.Dispose();

    [Test]
    public void The_values_are_those_of_scikit_image()
    {
        var (x, y) = (Image("img1_chw"), Image("img2_chw"));
        var (bytes, others) = (Image("u8_img1_chw"), Image("u8_img2_chw"));

        Assert.That(Ssim.Of(x, y, 1).ToDouble(), Is.EqualTo(Number("ssim_rgb")).Within(1e-9));
        Assert.That(Ssim.Of(bytes, others, 255).ToDouble(), Is.EqualTo(Number("ssim_u8_rgb")).Within(1e-9));
        Assert.That(Ssim.Map((x * 2) - 1, (y * 2) - 1, 2)[0, 0].mean().ToDouble(), Is.EqualTo(Number("ssim_m11")).Within(1e-9));
        Assert.That(Ssim.Map(x, y, 1).mean([0L, 2L, 3L]).data<double>().ToArray(), Is.EqualTo(Numbers("ssim_per_channel")).Within(1e-9));
        Assert.That(Psnr.Of(x, y, 1).ToDouble(), Is.EqualTo(Number("psnr_rgb")).Within(1e-9));
        Assert.That(Ssim.Of(x.narrow(1, 0, 1), y.narrow(1, 0, 1), 1).ToDouble(), Is.EqualTo(Number("ssim_gray")).Within(1e-9));
        Assert.That(Psnr.Of((x * 2) - 1, (y * 2) - 1, 2).ToDouble(), Is.EqualTo(Number("psnr_m11")).Within(1e-9));
        Assert.That(Psnr.Of(bytes, others, 255).ToDouble(), Is.EqualTo(Number("psnr_u8")).Within(1e-9));
    }

    [Test]
    public void The_map_is_that_of_scikit_image_without_its_border()
    {
        var map = Golden.Image("ssim_gray_map").to(torch.float64).narrow(0, 5, 14).narrow(1, 5, 10);
        var found = Ssim.Map(Image("img1_chw").narrow(1, 0, 1), Image("img2_chw").narrow(1, 0, 1), 1);

        Assert.That(found.shape, Is.EqualTo(new long[] { 1, 1, 14, 10 }));
        Assert.That((found[0, 0] - map).abs().max().ToDouble(), Is.LessThan(1e-9));
    }

    [Test]
    public void Closed_forms_and_symmetry()
    {
        var x = (Sample.Normal(1, 2, 3 * 32 * 32).reshape(2, 3, 32, 32) * 40) + 120;
        var y = x + 1;
        Assert.That(Psnr.Of(x, y, 255).data<double>().ToArray(), Is.All.EqualTo(48.1308).Within(1e-4));
        Assert.That(Psnr.Of(x, x, 255).data<double>().ToArray(), Is.All.EqualTo(double.PositiveInfinity));
        Assert.That(Ssim.Of(x, x, 255).data<double>().ToArray(), Is.All.EqualTo(1).Within(1e-12));
        Assert.That(Ssim.Map(x, x, 255).shape, Is.EqualTo(new long[] { 2, 3, 22, 22 }));

        var turned = x.flip(2);
        Assert.That(Ssim.Of(x, turned, 255).data<double>().ToArray(), Is.EqualTo(Ssim.Of(turned, x, 255).data<double>().ToArray()).Within(1e-12));

        var c1 = Math.Pow(0.01 * 255, 2);
        var constant = Ssim.Of(torch.full([1, 1, 16, 16], 50.0, torch.float64), torch.full([1, 1, 16, 16], 200.0, torch.float64), 255).ToDouble();
        Assert.That(constant, Is.EqualTo(((2 * 50.0 * 200) + c1) / ((50.0 * 50) + (200.0 * 200) + c1)).Within(1e-9));
    }

    private static torch.Tensor Image(string name) => Golden.Image(name).to(torch.float64).unsqueeze(0);

    private static double Number(string name) => Numbers(name).Single();

    private static double[] Numbers(string name) => Golden.Image(name).to(torch.float64).flatten().data<double>().ToArray();
}
