using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class DistanceTests : TensorTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(double.PositiveInfinity)]
    public void Distances_agree_with_loops(double p)
    {
        var (x, y) = (Normal(6, 3), Normal(5, 3));
        foreach (var mode in Enum.GetValues<compute_mode>())
        {
            Close(cdist(x, y, p, mode), Loops(x, y, p), 1e-12);
        }
    }

    [Test]
    public void Batches_are_measured_one_by_one()
    {
        var (x, y) = (Normal(2, 6, 3), Normal(2, 5, 3));
        Close(cdist(x, y), stack([cdist(x[0], y[0]), cdist(x[1], y[1])]));
    }

    [Test]
    public void Without_a_matrix_product_close_points_keep_their_distance()
    {
        var x = tensor([1000.0, 1000], [1, 2]);
        Close(cdist(x, x + 1e-6, 2, compute_mode.donot_use_mm_for_euclid_dist), [Math.Sqrt(2) * 1e-6], 1e-12);
    }

    private static double[] Loops(Tensor x, Tensor y, double p)
    {
        var (a, b) = (x.data<double>(), y.data<double>());
        var result = new double[30];
        for (var n = 0; n < 30; n++)
        {
            var gaps = Enumerable.Range(0, 3).Select(d => Math.Abs(a[n / 5, d] - b[n % 5, d]));
            result[n] = double.IsInfinity(p) ? gaps.Max() : Math.Pow(gaps.Sum(g => Math.Pow(g, p)), 1 / p);
        }

        return result;
    }
}
