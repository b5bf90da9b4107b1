namespace Dfx.Diffusion;

/// <summary>
/// What is done to one image, each part in the units of its draw (Karras et al. 2022, appendix F.2): first the flips, then all others as one
/// movement about the image's centre. The default value does nothing.
/// </summary>
/// <param name="FlipX">Whether it is mirrored left to right.</param>
/// <param name="FlipY">Whether it is mirrored top to bottom.</param>
/// <param name="Scale">Enlarged by 2^(0.2 Scale).</param>
/// <param name="Angle">Turned by so much, in radians.</param>
/// <param name="Stretch">Enlarged by 2^(0.2 Stretch) along an axis and by its inverse across it.</param>
/// <param name="Axis">The angle of that axis, in radians.</param>
/// <param name="ShiftX">Moved by 0.125 ShiftX of its width.</param>
/// <param name="ShiftY">Moved by 0.125 ShiftY of its height.</param>
internal readonly record struct ImageChange(
    bool FlipX, bool FlipY, double Scale, double Angle, double Stretch, double Axis, double ShiftX, double ShiftY)
{
    private const double ScaleStd = 0.2;
    private const double StretchStd = 0.2;
    private const double ShiftStd = 0.125;

    /// <summary>Whether it is more than flips.</summary>
    internal bool Moves => Scale != 0 || Angle != 0 || Stretch != 0 || ShiftX != 0 || ShiftY != 0;

    /// <summary>The nine numbers that a network is told, in the order of the published networks; all 0 if nothing is done.</summary>
    internal float[] Label =>
    [
        FlipX ? 1 : 0,
        FlipY ? 1 : 0,
        (float)Scale,
        (float)(Math.Cos(Angle) - 1),
        (float)Math.Sin(Angle),
        (float)(Stretch * Math.Cos(Axis)),
        (float)(Stretch * Math.Sin(Axis)),
        (float)ShiftX,
        (float)ShiftY,
    ];

    /// <summary>From a place in the changed image to the place in the flipped one that it shows, in pixels from the centre.</summary>
    /// <param name="height">The image's height in pixels.</param>
    /// <param name="width">The image's width in pixels.</param>
    internal AffineMap Inverse(int height, int width)
    {
        var (scale, stretch) = (Math.Pow(2, -ScaleStd * Scale), Math.Pow(2, -StretchStd * Stretch));
        return AffineMap.Scaling(scale, scale)
            * AffineMap.Rotation(Angle)
            * AffineMap.Rotation(-Axis) * AffineMap.Scaling(stretch, 1 / stretch) * AffineMap.Rotation(Axis)
            * AffineMap.Shift(-ShiftStd * ShiftX * width, -ShiftStd * ShiftY * height);
    }
}
