namespace Dfx.Compensation.Tests.Analyses;

/// <summary>The linear schedule of 100 steps by its betas, without the code under test.</summary>
internal static class Steps
{
    internal const int Count = 100;

    /// <summary>g_t = √ᾱ_t.</summary>
    internal static double G(int t) => Math.Sqrt(Enumerable.Range(1, t).Aggregate(1.0, (product, i) => product * (1 - Beta(i))));

    /// <summary>f_t = √(1 - ᾱ_t).</summary>
    internal static double F(int t) => Math.Sqrt(1 - (G(t) * G(t)));

    /// <summary>k(t) = f_t ((1 - beta_t)^(-1/2) - 1).</summary>
    internal static double K(int t) => F(t) * (Math.Pow(1 - Beta(t), -0.5) - 1);

    private static double Beta(int t) => 1e-3 + ((0.2 - 1e-3) * (t - 1) / (Count - 1));
}
