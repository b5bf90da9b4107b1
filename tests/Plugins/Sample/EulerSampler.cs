using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-euler</c> takes.</summary>
public sealed record EulerOptions([Description("How much the levels crowd at the low end.")][Range(1.0, 20.0)] double Rho = 7);

/// <summary>Euler steps of the probability flow dx/dsigma = (x - D(x; sigma)) / sigma, on the levels of EDM, Eq. 5.</summary>
[Sampler("test-euler", "Euler", Paper = "Karras et al., NeurIPS 2022")]
public sealed class EulerSampler(EulerOptions options) : ISampler<IDenoiser>
{
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        var (low, high) = (Math.Pow(model.Schedule.SigmaMin, 1 / options.Rho), Math.Pow(model.Schedule.SigmaMax, 1 / options.Rho));
        return [.. Enumerable.Range(0, nfe).Select(i => Math.Pow(high + i / Math.Max(nfe - 1.0, 1) * (low - high), options.Rho)), 0];
    }

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        var x = request.Start.clone();
        foreach (var (_, sigma, next) in request.Steps())
        {
            using var scope = torch.NewDisposeScope();
            var slope = (x - model.Denoise(x, request.Fill(sigma))) / sigma;
            x = Replace(x, x + slope * (next - sigma));
        }

        return x;
    }

    /// <summary>Hands the new state out of the step's scope and disposes the old one.</summary>
    internal static torch.Tensor Replace(torch.Tensor old, torch.Tensor state)
    {
        state.MoveToOuterDisposeScope();
        old.Dispose();
        return state;
    }
}
