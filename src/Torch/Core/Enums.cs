namespace Dfx.Torch;

/// <summary>How a Fourier transform is scaled.</summary>
public enum FFTNormType
{
    /// <summary>The inverse divides by n.</summary>
    Backward = 0,

    /// <summary>The forward transform divides by n.</summary>
    Forward = 1,

    /// <summary>Both divide by the square root of n.</summary>
    Ortho = 2,
}

/// <summary>How cdist works out Euclidean distances.</summary>
public enum compute_mode
{
    /// <summary>By a matrix product when there are more than 25 rows.</summary>
    use_mm_for_euclid_dist_if_necessary = 0,

    /// <summary>Always by a matrix product: fast, inexact for close points.</summary>
    use_mm_for_euclid_dist = 1,

    /// <summary>Never by a matrix product: exact.</summary>
    donot_use_mm_for_euclid_dist = 2,
}

/// <summary>What lies outside of an image.</summary>
public enum PaddingModes
{
    /// <summary>0.</summary>
    Zeros = 0,

    /// <summary>The mirror image, without the edge twice.</summary>
    Reflect = 1,

    /// <summary>The edge.</summary>
    Replicate = 2,

    /// <summary>The opposite side.</summary>
    Circular = 3,

    /// <summary>A constant.</summary>
    Constant = 4,
}

public static partial class torch
{
    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        /// <summary>Not at all.</summary>
        None = 0,

        /// <summary>Towards zero.</summary>
        trunc = 1,

        /// <summary>Towards minus infinity.</summary>
        floor = 2,
    }

    /// <summary>How an image is resized.</summary>
    public enum InterpolationMode
    {
        /// <summary>The nearest pixel.</summary>
        Nearest = 0,

        /// <summary>Bilinear.</summary>
        Bilinear = 2,

        /// <summary>Bicubic (a = -0.75).</summary>
        Bicubic = 3,

        /// <summary>The mean over the area that a new pixel covers.</summary>
        Area = 5,
    }

    /// <summary>How <see cref="nn.Upsample"/> resizes an image.</summary>
    public enum UpsampleMode
    {
        /// <summary>The nearest pixel.</summary>
        Nearest = 0,

        /// <summary>Bilinear.</summary>
        Bilinear = 2,

        /// <summary>Bicubic (a = -0.75).</summary>
        Bicubic = 3,
    }

    public static partial class nn
    {
        /// <summary>What becomes of the losses of the elements.</summary>
        public enum Reduction
        {
            /// <summary>They stay.</summary>
            None = 0,

            /// <summary>Their mean.</summary>
            Mean = 1,

            /// <summary>Their sum.</summary>
            Sum = 2,
        }
    }
}
