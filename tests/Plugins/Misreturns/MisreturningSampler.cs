using System.ComponentModel;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Misreturns;

/// <summary>What is wrong with a result.</summary>
public enum SampleFault
{
    None,
    Fewer,
    More,
    Empty,
    Flat,
    Bytes,
    OtherPrecision,
    Gradient,
    Nothing,
    Disposed,
    LevelsInfinite,
}

/// <summary>What <c>test-misreturns</c> takes.</summary>
public sealed record SampleFaultOptions([Description("What is wrong with the result.")] SampleFault Fault = SampleFault.None);

/// <summary>Samples as it should, and returns something else.</summary>
[Sampler("test-misreturns", "Misreturns")]
public sealed class MisreturningSampler(SampleFaultOptions options) : ISampler<IDenoiser>
{
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => [options.Fault == SampleFault.LevelsInfinite ? double.PositiveInfinity : 10, 1, 0];

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        var x = model.Denoise(request.Start, request.Fill(10));
        switch (options.Fault)
        {
            case SampleFault.Gradient:
                torch.set_grad_enabled(true);
                return x * torch.ones([1], x.dtype, requires_grad: true);
            case SampleFault.Disposed:
                x.Dispose();
                return x;
            default:
                return Changed(x);
        }
    }

    private torch.Tensor Changed(torch.Tensor x) => options.Fault switch
    {
        SampleFault.Fewer => x.narrow(0, 0, 1),
        SampleFault.More => torch.cat([x, x, x]),
        SampleFault.Empty => x.narrow(0, 0, 0),
        SampleFault.Flat => x.flatten(1),
        SampleFault.Bytes => x.to(torch.uint8),
        SampleFault.OtherPrecision => x.to(x.dtype == torch.float64 ? torch.float32 : torch.float64),
        SampleFault.Nothing => null!,
        _ => x,
    };
}
