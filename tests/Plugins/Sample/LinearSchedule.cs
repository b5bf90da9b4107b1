using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>sigma(t) = t and s(t) = 1, as in EDM (Karras et al. 2022, table 1).</summary>
internal sealed class LinearSchedule : INoiseSchedule
{
    public double SigmaMin => 0.002;

    public double SigmaMax => 80;

    public int? Steps => null;

    public double Scale(double t) => 1;

    public double Sigma(double t) => t;

    public double Time(double sigma) => sigma;
}
