namespace Dfx.Sdk;

/// <summary>What a metric compares.</summary>
[Flags]
public enum MetricKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The distribution of generated images with that of a reference set, as FD, KID and recall do.</summary>
    Distribution = 1,

    /// <summary>Each generated image with its own ground truth, as PSNR, SSIM and LPIPS do.</summary>
    Paired = 2,
}
