namespace Dfx.Data.Tasks;

/// <summary>How large the known middle of an image is.</summary>
public enum KnownSide
{
    /// <summary>A quarter of the side: 64 of 256 pixels, as RePaint tests.</summary>
    Quarter,

    /// <summary>A third of the side.</summary>
    Third,

    /// <summary>Half of the side.</summary>
    Half,

    /// <summary>One of the three with equal chance, as the NTIRE 2022 challenge trains.</summary>
    Random,
}
