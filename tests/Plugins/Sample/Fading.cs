using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>A blur that fades an image to its own average colour: C_t x = A x + (1 - t) (x - A x), A the average; sigma_t = sigma t.</summary>
internal sealed class Fading(double sigma) : ICorruption
{
    public double MinLevel => 1e-3;

    public double Sigma(double t) => sigma * t;

    public bool IsIdentity(double t) => t == 0;

    public torch.Tensor Apply(torch.Tensor x, torch.Tensor t)
    {
        using var scope = torch.NewDisposeScope();
        var average = Average(x);
        return (average + (1 - t).view(-1, 1, 1, 1) * (x - average)).MoveToOuterDisposeScope();
    }

    /// <summary>A x: [N, C, 1, 1].</summary>
    internal static torch.Tensor Average(torch.Tensor x) => x.mean([2, 3], keepdim: true);
}
