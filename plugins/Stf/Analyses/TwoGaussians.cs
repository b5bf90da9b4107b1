namespace Dfx.Stf.Analyses;

/// <summary>Half N(mu, s² I) and half N(-mu, s² I), the toy distribution of Xu et al. 2023, figures 2 and 3.</summary>
/// <param name="Dimensions">d.</param>
/// <param name="Distance">‖2 mu‖, the distance of the two means.</param>
/// <param name="Deviation">s; 0 for two points.</param>
internal sealed record TwoGaussians(int Dimensions, double Distance, double Deviation)
{
    private const int Nodes = 2001;
    private const double Widest = 12;

    /// <summary>V_DSM within one mode, d s² / (sigma² (s² + sigma²)): what remains if the mode is known.</summary>
    internal double Within(double sigma)
    {
        var (s, v) = (Deviation * Deviation, sigma * sigma);
        return Dimensions * s / (v * (s + v));
    }

    /// <summary>V_DSM between the modes, Distance² h(a) / (s² + sigma²)² with a = Distance / sqrt(s² + sigma²).</summary>
    internal double Between(double sigma)
    {
        var total = (Deviation * Deviation) + (sigma * sigma);
        return Distance * Distance * Confusion(Distance / Math.Sqrt(total)) / (total * total);
    }

    /// <summary>The two points, or a sample: [count, d], float64.</summary>
    internal torch.Tensor Points(int count, StepNoise noise)
    {
        using var scope = torch.NewDisposeScope();
        var mean = torch.full([1, Dimensions], Distance / (2 * Math.Sqrt(Dimensions)), torch.float64);
        if (Deviation == 0)
        {
            return scope.MoveToOuter(torch.cat([mean, -mean]));
        }

        var signs = ((noise.Uniform(0, count, 1).cpu().gt(0.5).@double() * 2) - 1) * mean;
        return scope.MoveToOuter(signs + (noise.Normal(1, count, Dimensions).cpu().@double() * Deviation));
    }

    /// <summary>
    /// h(a) = E[p (1 - p)] with p = logistic(a²/2 + a z), z ~ N(0, 1): the variance of which mode x came from, if the means are a standard
    /// deviations apart. By Simpson's rule around z = -a/2, where p is one half.
    /// </summary>
    internal static double Confusion(double a)
    {
        var half = Math.Min(Widest, a > 0 ? 80 / a : Widest);
        var (step, sum) = (2 * half / (Nodes - 1), 0.0);
        for (var i = 0; i < Nodes; i++)
        {
            var w = -half + (i * step);
            var odds = Math.Cosh(a * w / 2);
            var density = Math.Exp(-(w - (a / 2)) * (w - (a / 2)) / 2) / Math.Sqrt(2 * Math.PI);
            sum += density / (4 * odds * odds) * (i is 0 or Nodes - 1 ? 1 : i % 2 == 0 ? 2 : 4);
        }

        return sum * step / 3;
    }
}
