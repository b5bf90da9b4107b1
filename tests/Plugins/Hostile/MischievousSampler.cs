using System.ComponentModel;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Hostile;

/// <summary>What a sampler can do.</summary>
public enum SamplingMischief
{
    None,
    NotFinite,
    Infinite,
    FarOut,
    Sleep,
    Loop,
    Exit,
    FailFast,
    ManyLevels,
    NoLevels,
    RisingLevels,
    DisposedStart,
    KeptTensors,
}

/// <summary>What <see cref="MischievousSampler"/> takes.</summary>
public sealed record SamplingMischiefOptions([Description("What it does.")] SamplingMischief Does = SamplingMischief.None);

/// <summary>Does one thing that no sampler should.</summary>
[Sampler("test-mischief", "Mischief in sampling")]
public sealed class MischievousSampler(SamplingMischiefOptions options) : ISampler<IDenoiser>
{
    private const int Many = 200_000;

    private static readonly List<torch.Tensor> s_kept = [];

    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => options.Does switch
    {
        SamplingMischief.ManyLevels => [.. Enumerable.Range(1, Many).Select(i => 10.0 / i), 0],
        SamplingMischief.NoLevels => [],
        SamplingMischief.RisingLevels => [0, 1, 10],
        _ => [10, 1, 0],
    };

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        switch (options.Does)
        {
            case SamplingMischief.Sleep:
                Thread.Sleep(Timeout.Infinite);
                break;
            case SamplingMischief.Exit:
                Environment.Exit(0);
                break;
            case SamplingMischief.FailFast:
                Environment.FailFast("it fails fast");
                break;
            case SamplingMischief.Loop:
                while (!request.Start.IsInvalid)
                {
                    // It never looks up.
                }

                break;
            default:
                break;
        }

        var x = model.Denoise(request.Start, request.Fill(10));
        using var scope = torch.NewDisposeScope();
        return (options.Does switch
        {
            SamplingMischief.NotFinite => x * double.NaN,
            SamplingMischief.Infinite => x + double.PositiveInfinity,
            SamplingMischief.FarOut => (x * 1e30) + 5,
            SamplingMischief.DisposedStart => Disposed(request.Start, x),
            SamplingMischief.KeptTensors => Kept(x),
            _ => x.clone(),
        }).MoveToOuterDisposeScope();
    }

    private static torch.Tensor Disposed(torch.Tensor start, torch.Tensor x)
    {
        start.Dispose();
        return x.clone();
    }

    private static torch.Tensor Kept(torch.Tensor x)
    {
        Enumerable.Range(0, 100).ToList().ForEach(_ => s_kept.Add(x.clone().DetachFromDisposeScope()));
        return x.clone();
    }
}
