using Dfx.Sdk;

namespace Dfx.TestPlugins.Diverges;

/// <summary>Trains without complaint; its model returns no numbers.</summary>
[Method("test-nan-samples", "NaN samples")]
public sealed class NanSamplesMethod : TrivialMethod<IDenoiser>
{
    protected override IDenoiser Model(ModelContext context) => new NanDenoiser(context.Data.Shape);

    private sealed class NanDenoiser(DataShape shape) : TrivialDenoiser(shape)
    {
        public override torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => x * double.NaN;
    }
}
